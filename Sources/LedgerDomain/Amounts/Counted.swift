extension FixedWidthInteger {
  /// The number with its noun: `1 close`, `12 closes`.
  ///
  /// - Parameters:
  ///   - one: the noun in the singular.
  ///   - many: the noun in the plural; `nil` if it only adds an s.
  public func counted(_ one: String, _ many: String? = nil) -> String {
    "\(self) \(self == 1 ? one : many ?? one + "s")"
  }
}
