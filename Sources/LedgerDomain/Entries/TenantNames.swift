/// What people call the tenants. Identifiers stay what they are everywhere that programs read.
///
///     names[tenant]        // "Harbor Lending", or nil
///     names.label(tenant)  // "Harbor Lending", or the UUID
public struct TenantNames: Hashable, Sendable {
  /// The longest name, in characters.
  public static let lengthMax = 100

  private var names: [TenantID: String] = [:]

  /// No names.
  public init() {}

  /// How many tenants have a name.
  public var count: Int { names.count }

  /// The name of a tenant; `nil` if it has none.
  public subscript(tenant: TenantID) -> String? { names[tenant] }

  /// The name of a tenant, or its UUID if it has none.
  public func label(_ tenant: TenantID) -> String { names[tenant] ?? tenant.description }

  /// Names a tenant.
  ///
  /// - Throws: `TenantNameFault` if it has a name already, or the text cannot be one.
  public mutating func add(_ name: String, for tenant: TenantID) throws(TenantNameFault) {
    guard names[tenant] == nil else { throw .repeatedTenant }
    guard !name.isEmpty, name.first != " ", name.last != " " else { throw .blank }
    guard name.count <= Self.lengthMax else { throw .tooLong }
    guard name.unicodeScalars.allSatisfy(Self.isAllowed) else { throw .controlCharacter }
    names[tenant] = name
  }

  /// Neither a control character nor one that changes the direction of a line or breaks it: names appear
  /// between other words, in terminals, pages and workbooks.
  private static func isAllowed(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .unassigned: false
    default: true
    }
  }
}

/// Why a text cannot be the name of a tenant.
public enum TenantNameFault: Error, Hashable, Sendable {
  case repeatedTenant, blank, tooLong, controlCharacter

  /// The end of a sentence that begins with the place.
  public var message: String {
    switch self {
    case .repeatedTenant: "names a tenant a second time. Remove one of the names"
    case .blank: "has a name that is empty, or begins or ends with a space. Correct the name"
    case .tooLong: "has a name of more than \(TenantNames.lengthMax) characters. Shorten it"
    case .controlCharacter:
      "has a name with a control character or an invisible one. Remove it from the name"
    }
  }
}
