import LedgerDomain

/// What a summary calls the tenants: by name, or else by as much of the UUID as tells them apart.
struct TenantLabels {
  private static let prefixLength = 8
  private static let suffixLength = 12

  private let names: TenantNames
  private let isPrefixUnique: Bool
  private let isSuffixUnique: Bool
  private let columnsMax: Int

  /// The labels of tenants, none of them wider than that.
  init(_ tenants: [TenantID], names: TenantNames, columnsMax: Int) {
    self.names = names
    self.columnsMax = columnsMax
    let unnamed = Set(tenants.filter { names[$0] == nil }.map(\.description))
    isPrefixUnique = Set(unnamed.map { $0.prefix(Self.prefixLength) }).count == unnamed.count
    isSuffixUnique = Set(unnamed.map { $0.suffix(Self.suffixLength) }).count == unnamed.count
  }

  subscript(tenant: TenantID) -> String {
    if let name = names[tenant] { return DisplayText.shortened(name, to: columnsMax) }
    let text = tenant.description
    if text.count <= columnsMax { return text }
    if isPrefixUnique { return String(text.prefix(Self.prefixLength)) }
    return isSuffixUnique ? "…" + text.suffix(Self.suffixLength) : text
  }
}
