"""GUIDs as Microsoft's services and people write them: tenant ids, object ids, product ids. Pure."""

import re

GUID = re.compile(r"\{?[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}\}?", re.ASCII)
