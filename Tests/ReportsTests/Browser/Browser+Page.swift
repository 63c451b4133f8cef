extension Browser {
  /// The requests of the page, other than for its own file.
  var requests: [String] {
    events.filter { $0.method == "Network.requestWillBeSent" }.compactMap {
      ($0.parameters["request"] as? [String: Any])?["url"] as? String
    }.filter {
      !$0.hasSuffix("/reconciliation.html") && !$0.contains("/index.html") && $0 != "data:,"
    }
  }

  /// Everything the page logged to the console, errors included.
  var complaints: [String] {
    events.filter {
      ["Runtime.consoleAPICalled", "Runtime.exceptionThrown", "Log.entryAdded"].contains($0.method)
    }.map { "\($0.parameters)" }
  }

  /// Texts whose contrast with their background is below WCAG level AA.
  static let faintTexts = """
    (() => {
      const parts = (colour) => (colour.match(/[\\d.]+/g) || []).map(Number);
      const channel = (value) => value / 255 <= 0.04045 ? value / 255 / 12.92
        : ((value / 255 + 0.055) / 1.055) ** 2.4;
      const light = ([red, green, blue]) =>
        0.2126 * channel(red) + 0.7152 * channel(green) + 0.0722 * channel(blue);
      const behind = (element) => {
        for (let at = element; at; at = at.parentElement) {
          const colour = parts(getComputedStyle(at).backgroundColor);
          if (colour.length === 3 || colour[3] === 1) return colour;
        }
        return [255, 255, 255];
      };
      const faint = new Set();
      for (const element of document.body.querySelectorAll('*')) {
        const hasText = [...element.childNodes].some((n) => n.nodeType === 3 && n.data.trim());
        if (!hasText || !element.checkVisibility() || element.disabled
          || element.closest('svg, script')) continue;
        const [text, ground] = [parts(getComputedStyle(element).color), behind(element)].map(light);
        const contrast = (Math.max(text, ground) + 0.05) / (Math.min(text, ground) + 0.05);
        if (contrast < 4.5) faint.add(`${element.tagName}.${element.className} ${contrast}`);
      }
      return [...faint].join('; ');
    })()
    """
}
