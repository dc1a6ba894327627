"""Composing rules as a browser without script does: fields are read from the page's own HTML."""

from html.parser import HTMLParser


class Fields(HTMLParser):
    """The successful controls of the composing form, as a browser would send them."""

    def __init__(self, html):
        super().__init__()
        self.pairs, self.select, self.area, self.inside = [], None, None, False
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        at = dict(attrs)
        if tag == "form":
            self.inside = at.get("id") == "soan-mau"
        if not self.inside:
            return
        if tag == "input":
            self._input(at)
        elif tag == "select":
            self.select = (at.get("name"), [])
        elif tag == "option" and self.select:
            self.select[1].append((at.get("value", ""), "selected" in at))
        elif tag == "textarea":
            self.area = (at.get("name"), "")

    def _input(self, at):
        box = at.get("type") in ("checkbox", "radio")
        if at.get("name") and (not box or "checked" in at):
            self.pairs.append((at["name"], at.get("value", "on" if box else "")))

    def handle_data(self, data):
        if self.area:
            self.area = (self.area[0], self.area[1] + data)

    def handle_endtag(self, tag):
        if tag == "form":
            self.inside = False
        elif tag == "select" and self.select:
            name, options = self.select
            chosen = [value for value, selected in options if selected]
            if options:
                self.pairs.append((name, (chosen or [options[0][0]])[0]))
            self.select = None
        elif tag == "textarea" and self.area:
            self.pairs.append((self.area[0], self.area[1].removeprefix("\n")))
            self.area = None


class Sheet:
    """A page of the composing form: type into it, press its buttons."""

    def __init__(self, client, address):
        self.client, self.address = client, address
        self._take(client.get(address))

    def _take(self, response):
        self.response = response
        self.html = response.content.decode()
        self.data = {}
        for name, value in Fields(self.html).pairs:
            self.data.setdefault(name, []).append(value)

    def type(self, **fields):
        """Fill fields; "__" stands for "-" in their names."""
        for name, value in fields.items():
            name = name.replace("__", "-")
            assert name in self.data or isinstance(value, list), f"no field {name}"
            self.data[name] = value if isinstance(value, list) else [value]

    def press(self, step):
        """Send the form with one of the buttons that the page has."""
        assert f'value="{step}"' in self.html, f"no button {step}"
        self._take(self.client.post(self.address, {**self.data, "step": step}))
        return self.response

    def add(self, place, kind):
        """Choose a condition and add it."""
        self.data[f"{place}-new"] = [kind]
        return self.press(f"add:{place}")
