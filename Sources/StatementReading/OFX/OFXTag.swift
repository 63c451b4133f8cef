/// The elements of OFX that a statement is read from.
///
/// All others are passed over with their tags, as the specification demands; what is in them is read as
/// if it stood outside of them. Elements that share names of fields with those below are listed, too, so
/// that their fields are not taken for a statement's.
///
/// Source: Open Financial Exchange 1.6, section 2.3; 2.2, sections 2.4 and 11.
enum OFXTag: String, CaseIterable {
  // Elements that hold others.
  case ofx = "OFX"
  case signOn = "SONRS"
  case bankResponse = "STMTTRNRS"
  case cardResponse = "CCSTMTTRNRS"
  case investmentResponse = "INVSTMTTRNRS"
  case closingResponse = "STMTENDTRNRS"
  case status = "STATUS"
  case bankStatement = "STMTRS"
  case cardStatement = "CCSTMTRS"
  case investmentStatement = "INVSTMTRS"
  case closingStatement = "STMTENDRS"
  case bankAccount = "BANKACCTFROM"
  case cardAccount = "CCACCTFROM"
  case transactions = "BANKTRANLIST"
  case pendingTransactions = "BANKTRANLISTP"
  case ledgerBalance = "LEDGERBAL"
  case availableBalance = "AVAILBAL"
  case otherBalance = "BAL"
  case transaction = "STMTTRN"
  case pendingTransaction = "STMTTRNP"
  case payee = "PAYEE"
  case bankAccountTo = "BANKACCTTO"
  case cardAccountTo = "CCACCTTO"
  case currency = "CURRENCY"
  case originalCurrency = "ORIGCURRENCY"
  case image = "IMAGEDATA"

  // Fields.
  case code = "CODE"
  case severity = "SEVERITY"
  case message = "MESSAGE"
  case serverTime = "DTSERVER"
  case currencyDefault = "CURDEF"
  case accountNumber = "ACCTID"
  case startDate = "DTSTART"
  case endDate = "DTEND"
  case balanceAmount = "BALAMT"
  case asOf = "DTASOF"
  case type = "TRNTYPE"
  case postedDate = "DTPOSTED"
  case userDate = "DTUSER"
  case availableDate = "DTAVAIL"
  case amount = "TRNAMT"
  case bankReference = "FITID"
  case correctedReference = "CORRECTFITID"
  case correction = "CORRECTACTION"
  case chequeNumber = "CHECKNUM"
  case referenceNumber = "REFNUM"
  case name = "NAME"
  case extendedName = "EXTDNAME"
  case memo = "MEMO"
  case currencySymbol = "CURSYM"

  /// How deep such an element stands: it ends those of its own level and below. `nil` for a field.
  var level: Int? {
    switch self {
    case .ofx: 0
    case .signOn, .bankResponse, .cardResponse, .investmentResponse, .closingResponse: 1
    case .status, .bankStatement, .cardStatement, .investmentStatement, .closingStatement: 2
    case .bankAccount, .cardAccount, .transactions, .pendingTransactions, .ledgerBalance,
      .availableBalance, .otherBalance:
      3
    case .transaction, .pendingTransaction: 4
    case .payee, .bankAccountTo, .cardAccountTo, .currency, .originalCurrency, .image: 5
    default: nil
    }
  }

  /// The element with that name, in letters of either case; `nil` if it is none of them.
  static func named(_ name: ArraySlice<UInt8>) -> OFXTag? {
    packed(name).flatMap { byName[$0] }
  }

  private static let byName = Dictionary(
    uniqueKeysWithValues: allCases.compactMap { tag in
      packed(Array(tag.rawValue.utf8)[...]).map { ($0, tag) }
    })

  /// A name of up to 16 bytes as a number.
  private static func packed(_ name: ArraySlice<UInt8>) -> UInt128? {
    guard (1...16).contains(name.count) else { return nil }
    var packed: UInt128 = 0
    for byte in name {
      let isSmall = (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
      packed = packed << 8 | UInt128(isSmall ? byte & 0xDF : byte)
    }
    return packed
  }
}
