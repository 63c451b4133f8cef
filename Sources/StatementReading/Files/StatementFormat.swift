/// The formats in which banks deliver statements.
public enum StatementFormat: String, Sendable, CaseIterable {
  /// ISO 20022 BankToCustomerStatement, and BankToCustomerAccountReport with a closing balance.
  case camt053 = "camt.053"
  case camt052 = "camt.052"
  /// ISO 20022 BankToCustomerDebitCreditNotification: the transactions of batches.
  case camt054 = "camt.054"
  /// SWIFT customer statement message, and the interim one.
  case mt940 = "MT940"
  case mt942 = "MT942"
  /// Balance reporting of BAI, version 2.
  case bai2 = "BAI2"
  /// Open Financial Exchange: version 1 (SGML) and 2 (XML).
  case ofx = "OFX"
  /// A table, read by the job's mapping.
  case csv = "CSV"
}
