"""The WSGI application that Granian serves."""

import gc
import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "resursnav.site.settings")
application = get_wsgi_application()

# Every address and its views are read now instead of by the first visitor. What has been loaded by then stays for as
# long as the process does: looking through it all for garbage would now and then hold somebody for a tenth of a second.
get_resolver().check()
gc.collect()
gc.freeze()
