/// The kind of value that a setting takes. The schema of job files follows from it.
public enum SettingKind: Hashable, Sendable {
  /// A file or directory.
  case path
  /// The name of a file, without its directory.
  case fileName
  /// A calendar date.
  case date
  /// An integer within these bounds.
  case integer(ClosedRange<Int>)
  /// One of these words.
  case choice([String])
  /// True or false.
  case flag
  /// An IANA time zone.
  case timeZone
  /// An ISO 4217 currency code.
  case currency
  /// An amount of memory: `512MiB`.
  case memory
  /// A list of account codes.
  case accounts
  /// A list of tenants.
  case tenants
  /// The names of tenants: a CSV file, or a mapping.
  case tenantNames
  /// An amount, a percentage, or both.
  case reviewThreshold
  /// A list of dates.
  case dates
  /// A list of days of the week.
  case weekdays
  /// A list of bank accounts.
  case bankAccounts
  /// The address of an HTTP request. It may hold a secret.
  case address
}
