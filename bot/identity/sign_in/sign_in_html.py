"""The sign-in pages as HTML: plain, readable on a phone.

They say the name of the app, and load only Microsoft's Teams library. Pure. The library only returns the result to
Teams, which then closes the window. After a success outside Teams the page closes itself, if the browser lets it. Else
it says what to do. The library's address is the one that Microsoft documents, pinned by version and hash:
https://learn.microsoft.com/en-us/microsoftteams/platform/tabs/how-to/authentication/auth-flow-tab
"""

import base64
import hashlib
import html
from dataclasses import dataclass

TEAMS_JS = "https://res.cdn.office.net/teams-js/2.34.0/js/MicrosoftTeams.min.js"
TEAMS_JS_HASH = "sha384-brW9AazbKR2dYw2DucGgWCCcmrm2oBFV4HQidyuyZRI/TnAkmOOnTARSTdps3Hwt"
TEAMS_JS_HOST = "https://res.cdn.office.net"

STYLE = (
    ":root{color-scheme:light dark;background:Canvas;color:CanvasText}"
    "body{font:100%/1.5 system-ui,sans-serif;margin:0;padding:1.5rem;overflow-wrap:anywhere}"
    "main{max-width:34rem;margin:0 auto}h1{font-size:1.5rem;line-height:1.25}"
    "code{font-size:1rem}.app{margin:0;font-weight:600}"
)
_HAND_BACK = (
    "(function(){var t=window.microsoftTeams;if(!t)return;"
    "t.app.initialize().then(function(){%s}).catch(function(){});})();"
)
SUCCESS = _HAND_BACK % "t.authentication.notifySuccess('done')"
FAILURE = _HAND_BACK % "t.authentication.notifyFailure('failed')"
# A browser closes only a window that a page opened; in others the text says what to do. Teams closes its own sooner.
CLOSE = "setTimeout(function(){window.close();},2000);"


@dataclass(frozen=True, slots=True)
class SignInPage:
    """The content of a page.

    `code` is for support; `hand_back` is SUCCESS, FAILURE, or None if no library is loaded. `link` is a path of the
    bot, which the browser opens by itself. `app` is the name of the app. `closes`: the window closes by itself.
    """

    language: str
    title: str
    text: str
    code: str = ""
    hand_back: str | None = None
    link: str = ""
    link_title: str = ""
    app: str = ""
    closes: bool = False

    @property
    def script(self) -> str:
        """The script in the page, "" if there is none."""
        return (self.hand_back or "") + (CLOSE if self.closes else "")


def render(page: SignInPage) -> str:
    """Return the HTML document."""
    code = f"<p><code>{_text(page.code)}</code></p>" if page.code else ""
    link = f'<p><a href="{_text(page.link)}">{_text(page.link_title)}</a></p>' if page.link else ""
    refresh = f'<meta http-equiv="refresh" content="1;url={_text(page.link)}">' if page.link else ""
    library = f'<script src="{TEAMS_JS}" integrity="{TEAMS_JS_HASH}" crossorigin="anonymous"></script>'
    scripts = f"<script>{page.script}</script>" if page.script else ""
    if page.hand_back is not None:
        scripts = library + scripts
    app = f'<p class="app">{_text(page.app)}</p>' if page.app else ""
    title = " · ".join(filter(None, [page.title, page.app]))
    return (
        f'<!doctype html><html lang="{_text(page.language)}"><head><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width,initial-scale=1">{refresh}'
        f"<title>{_text(title)}</title><style>{STYLE}</style></head>"
        f"<body><main>{app}<h1>{_text(page.title)}</h1><p>{_text(page.text)}</p>{link}{code}</main>{scripts}</body></html>"
    )


def policy(page: SignInPage) -> str:
    """Return the page's Content-Security-Policy.

    Only these styles and these scripts are allowed.
    """
    parts = ["default-src 'none'", f"style-src '{_hash(STYLE)}'"]
    if page.hand_back is not None:
        # The library loads its list of trusted hosts from its own host.
        parts += [f"script-src {TEAMS_JS} '{_hash(page.script)}'", f"connect-src {TEAMS_JS_HOST}"]
    elif page.script:
        parts.append(f"script-src '{_hash(page.script)}'")
    return "; ".join([*parts, "base-uri 'none'", "form-action 'none'", "frame-ancestors 'none'"])


def _hash(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def _text(words: str) -> str:
    return html.escape(words, quote=True)
