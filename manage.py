"""Django's own command line, for developers; operators use `resursnav`."""

import os
import sys

from django.core.management import execute_from_command_line

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "resursnav.site.settings")
    os.environ.setdefault("RESURSNAV_DEBUG", "1")
    execute_from_command_line(sys.argv)
