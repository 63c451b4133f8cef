import LedgerDomain

/// Something that a run leaves for a person to do.
struct ActionItem: Hashable {
  /// What comes first in a list.
  enum Urgency: Int, Comparable {
    /// A date is not published.
    case failed
    /// The stored figures do not agree with each other: nobody may use them.
    case unusable
    /// A break, or records that are left out.
    case open
    /// Nothing is wrong, and somebody should know.
    case notice

    static func < (left: Urgency, right: Urgency) -> Bool { left.rawValue < right.rawValue }
  }

  let urgency: Urgency
  /// What kind it is, in words that hold for every tenant and date.
  let title: String
  /// The code that `tieout explain` knows; `nil` if there is none.
  let code: String?
  /// Whose it is; `nil` for nobody's.
  let tenant: TenantID?
  /// Which date it is about.
  let date: BusinessDate?
  /// What is the matter.
  var what: String
  /// The amount with its currency; empty if there is none.
  var amount = ""
  /// The report file, or the command, that says more.
  let place: String
  /// The whole message of a failure, or what to run.
  var message: String?
}

/// A row of the table of what needs somebody.
struct ActionRow: Hashable {
  let item: ActionItem
  /// How many tenants it is about.
  var tenants = 1
  /// Some of the tenants beside the item's, if it is about several.
  var others: [TenantID] = []
  /// How many dates it is about; the item's is the last of them.
  var dates = 1
}

extension ActionRow {
  private static let datesApartMax = 3
  private static let tenantsApartMax = 20
  private static let tenantsNamedMax = 8

  /// The rows for items: many dates of a tenant, and many tenants with the same, share one.
  ///
  /// - Returns: the most urgent first, otherwise in the order of the items.
  static func rows(_ items: [ActionItem]) -> [ActionRow] {
    let byTenant = grouped(items) { [$0.title, $0.tenant?.description ?? ""] }.flatMap { items in
      items.count <= datesApartMax ? items.map { ActionRow(item: $0) } : [row(of: items)]
    }
    let byTitle = grouped(byTenant) { [$0.item.title] }.flatMap { rows in
      let tenants = Set(rows.map(\.item.tenant))
      return tenants.count <= tenantsApartMax ? rows : [row(of: rows, tenants: tenants.count)]
    }
    let sorted = byTitle.enumerated().sorted { left, right in
      let (one, other) = (left.element.order, right.element.order)
      return one == other ? left.offset < right.offset : one < other
    }
    return sorted.map(\.element)
  }

  /// Failures first, all tenants' together; then tenant by tenant.
  private var order: (Int, String) {
    switch item.urgency {
    case .failed, .unusable: (item.urgency.rawValue, "")
    default: (ActionItem.Urgency.open.rawValue, tenants > 1 ? "" : item.tenant?.description ?? "")
    }
  }

  private static func grouped<Value>(
    _ values: [Value], by key: (Value) -> [String]
  ) -> [[Value]] {
    var places: [[String]: Int] = [:]
    var groups: [[Value]] = []
    for value in values {
      if let place = places[key(value)] {
        groups[place].append(value)
      } else {
        places[key(value)] = groups.count
        groups.append([value])
      }
    }
    return groups
  }

  private static func row(of items: [ActionItem]) -> ActionRow {
    var item = items[items.count - 1]
    (item.what, item.amount) = (item.title, "")
    // It is about a single date.
    if item.urgency != .failed { item.message = nil }
    return ActionRow(item: item, dates: items.count)
  }

  private static func row(of rows: [ActionRow], tenants: Int) -> ActionRow {
    var item = rows[0].item
    (item.what, item.amount) = (item.title, "")
    let dates = max(Set(rows.map(\.item.date)).count, rows.map(\.dates).max() ?? 1)
    let others = rows.dropFirst().compactMap(\.item.tenant).filter { $0 != item.tenant }
    return ActionRow(
      item: item, tenants: tenants, others: Array(others.prefix(tenantsNamedMax - 1)), dates: dates)
  }
}
