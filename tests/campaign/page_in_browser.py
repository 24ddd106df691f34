"""A page full of hostile texts in a real browser, where there is one."""

import shutil
from contextlib import ExitStack
from pathlib import Path

from report.browser import NAMES, opened, running, settle


class PageBrowser:
    """A browser that is started when a page is first looked at; without one, or without playwright, no page is wrong."""

    def __init__(self) -> None:
        self._open = ExitStack()
        self._browser = self._open.enter_context(running()) if any(shutil.which(name) for name in NAMES) else None

    def wrong(self, file: Path) -> str:
        """What a page did that it should not, or nothing."""
        if self._browser is None:
            return ""
        try:
            with opened(self._browser, file) as page:
                settle(page)
                for summary in page.locator("summary").all():
                    summary.evaluate("summary => { summary.parentElement.open = true; }")
                page.select_option("#scenario", index=2)
                settle(page)
                if page.evaluate("window.ran") is not None:
                    return f"a text ran ({page.evaluate('window.ran')})"
                odd = page.locator("img, iframe, object, embed, body script ~ script[src], svg script, svg foreignObject").count()
                return f"{odd} elements that are not ours" if odd else ""
        except AssertionError as error:
            return str(error)[:300]

    def close(self) -> None:
        """End it."""
        self._open.close()
