"""The search for secrets in a text, in any encoding.

`readings` decodes a text in every usual way, `forms` lists how a secret may be written, `needles` finds them quickly,
and `search` puts these together: it returns the spans of the text that show a secret.
"""
