/// The exporter's own counts and totals of a date, over every readable record.
struct ControlTotals {
  /// How many records are readable.
  private(set) var entryCount = 0
  /// How many lines they have.
  private(set) var lineCount = 0
  private var debits = [Int](repeating: 0, count: Self.pairCount)
  private var credits = [Int](repeating: 0, count: Self.pairCount)
  private var lines = [Int](repeating: 0, count: Self.pairCount)

  private static let layerCount = DemoLayer.allCases.count
  private static let pairCount = DemoCurrency.allCases.count * layerCount

  /// Counts an entry.
  mutating func add(_ entry: borrowing DemoEntry) {
    entryCount += 1
    lineCount += entry.lines.count
    for index in entry.lines.indices {
      let line = entry.lines[index]
      let pair = line.currency.rawValue * Self.layerCount + line.layer.rawValue
      lines[pair] += 1
      if line.isDebit {
        debits[pair] += line.amount
      } else {
        credits[pair] += line.amount
      }
    }
  }

  /// A currency and layer with its totals.
  struct Pair {
    let currency: DemoCurrency
    let layer: DemoLayer
    let debit: Int
    let credit: Int
  }

  /// The totals of every currency and layer that has a line.
  var pairs: [Pair] {
    var pairs: [Pair] = []
    for currency in DemoCurrency.allCases {
      for layer in DemoLayer.allCases {
        let pair = currency.rawValue * Self.layerCount + layer.rawValue
        guard lines[pair] > 0 else { continue }
        pairs.append(
          Pair(currency: currency, layer: layer, debit: debits[pair], credit: credits[pair]))
      }
    }
    return pairs
  }

  /// The manifest of a date with these totals.
  func manifest(tenant: String, date: String, parts: [PartTotals]) -> String {
    let totals = pairs.map {
      """
          {"currency": "\($0.currency.code)", "layer": "\($0.layer.code)", \
      "dr_minor": \($0.debit), "cr_minor": \($0.credit)}
      """
    }
    let files = parts.map {
      """
          {"file": "\($0.file)", "bytes": \($0.bytes), "sha256": "\($0.sha256)", \
      "entry_count": \($0.entryCount)}
      """
    }
    return """
      {
        "tenant_id": "\(tenant)",
        "date": "\(date)",
        "entry_count": \(entryCount),
        "line_count": \(lineCount),
        "control_totals": [\(Self.listed(totals))],
        "parts": [\(Self.listed(files))]
      }

      """
  }

  private static func listed(_ items: [String]) -> String {
    items.isEmpty ? "" : "\n" + items.joined(separator: ",\n") + "\n  "
  }
}
