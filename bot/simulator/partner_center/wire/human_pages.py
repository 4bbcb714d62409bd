"""The page that a web server shows to people for an unknown address. Pure.

It is the page of Internet Information Services, before which no part of the service has seen the request: it has none
of the service's headers. https://learn.microsoft.com/en-us/iis/configuration/system.webserver/httperrors/
"""

PAGE_HEADERS = {"Server": "Microsoft-IIS/10.0", "X-Powered-By": "ASP.NET"}
_TITLES = {
    401: "401 - Unauthorized: Access is denied due to invalid credentials.",
    403: "403 - Forbidden: Access is denied.",
    404: "404 - File or directory not found.",
}
_REASONS = {
    401: "You do not have permission to view this directory or page using the credentials that you supplied.",
    403: "You do not have permission to view this directory or page using the credentials that you supplied.",
    404: (
        "The resource you are looking for might have been removed, had its name changed, or is temporarily unavailable."
    ),
}
_PAGE = """<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-strict.dtd">
<html xmlns="http://www.w3.org/1999/xhtml">
<head>
<meta http-equiv="Content-Type" content="text/html; charset=iso-8859-1"/>
<title>{title}</title>
<style type="text/css">
<!--
body{{margin:0;font-size:.7em;font-family:Verdana, Arial, Helvetica, sans-serif;background:#EEEEEE;}}
-->
</style>
</head>
<body>
<div id="header"><h1>Server Error</h1></div>
<div id="content">
 <div class="content-container"><fieldset>
  <h2>{title}</h2>
  <h3>{reason}</h3>
 </fieldset></div>
</div>
</body>
</html>
"""


def human_page(status: int) -> str:
    """Return the page for this status."""
    return _PAGE.format(
        title=_TITLES.get(status, str(status)), reason=_REASONS.get(status, "The page cannot be shown.")
    )
