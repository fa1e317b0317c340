"""What the checks try: forms, paths and bodies that are not as they should be."""
