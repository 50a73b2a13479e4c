"""`python -m resursnav.site` is the same as the command `resursnav`."""

import sys

from resursnav.site.cli import main

sys.exit(main())
