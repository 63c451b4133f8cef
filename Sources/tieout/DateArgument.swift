import ArgumentParser
import CloseJob
import JobConfiguration
import LedgerDomain

extension BusinessDate {
  /// Parses the date of an option.
  ///
  /// - Throws: `UsageError` that names the option.
  init(option: String, _ text: String) throws(UsageError) {
    guard let date = BusinessDate(text) else {
      throw UsageError("\(option): '\(text)' is not a calendar date YYYY-MM-DD.")
    }
    self = date
  }
}
