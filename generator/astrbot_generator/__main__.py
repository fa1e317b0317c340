"""`python -m astrbot_generator` is `astrbot-contract`."""

from astrbot_generator.main import main

raise SystemExit(main())
