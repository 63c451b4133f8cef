/// The elements of camt.053 that a statement is made of.
///
/// Source: ISO 20022, camt.053.001.02 to camt.053.001.08.
enum CamtElement: String, Hashable {
  case statement = "Stmt"
  case statementIdentifier = "Stmt/Id"
  case sequence = "Stmt/ElctrncSeqNb"
  case page = "Stmt/StmtPgntn/PgNb"
  case iban = "Stmt/Acct/Id/IBAN"
  case otherAccount = "Stmt/Acct/Id/Othr/Id"
  case accountCurrency = "Stmt/Acct/Ccy"

  case balance = "Stmt/Bal"
  case balanceType = "Stmt/Bal/Tp/CdOrPrtry/Cd"
  case balanceAmount = "Stmt/Bal/Amt"
  case balanceDirection = "Stmt/Bal/CdtDbtInd"
  case balanceDate = "Stmt/Bal/Dt/Dt"
  case balanceInstant = "Stmt/Bal/Dt/DtTm"

  case entry = "Stmt/Ntry"
  case entryAmount = "Stmt/Ntry/Amt"
  case entryDirection = "Stmt/Ntry/CdtDbtInd"
  case reversal = "Stmt/Ntry/RvslInd"
  /// Up to version 07 the status is this element's text.
  case status = "Stmt/Ntry/Sts"
  /// From version 08 on it is a code within it.
  case statusCode = "Stmt/Ntry/Sts/Cd"
  case statusProprietary = "Stmt/Ntry/Sts/Prtry"
  case bookingDate = "Stmt/Ntry/BookgDt/Dt"
  case bookingInstant = "Stmt/Ntry/BookgDt/DtTm"
  case valueDate = "Stmt/Ntry/ValDt/Dt"
  case valueInstant = "Stmt/Ntry/ValDt/DtTm"
  case servicerReference = "Stmt/Ntry/AcctSvcrRef"

  case transaction = "Stmt/Ntry/NtryDtls/TxDtls"
  case transactionServicerReference = "Stmt/Ntry/NtryDtls/TxDtls/Refs/AcctSvcrRef"
  case endToEndReference = "Stmt/Ntry/NtryDtls/TxDtls/Refs/EndToEndId"
  /// From version 03 on.
  case transactionAmount = "Stmt/Ntry/NtryDtls/TxDtls/Amt"
  case transactionDirection = "Stmt/Ntry/NtryDtls/TxDtls/CdtDbtInd"
  /// In version 02 the only amount of a transaction.
  case transactionDetailAmount = "Stmt/Ntry/NtryDtls/TxDtls/AmtDtls/TxAmt/Amt"

  private static let all: [CamtElement] = [
    .statement, .statementIdentifier, .sequence, .page, .iban, .otherAccount, .accountCurrency,
    .balance, .balanceType, .balanceAmount, .balanceDirection, .balanceDate, .balanceInstant,
    .entry, .entryAmount, .entryDirection, .reversal, .status, .statusCode, .statusProprietary,
    .bookingDate, .bookingInstant, .valueDate, .valueInstant, .servicerReference, .transaction,
    .transactionServicerReference, .endToEndReference, .transactionAmount, .transactionDirection,
    .transactionDetailAmount,
  ]

  /// A place on the way to the elements, found by going from the root by names.
  struct Node {
    var element: CamtElement?
    var children: [String: Int] = [:]
  }

  /// All places; the first is the element `Document`.
  static let nodes: [Node] = {
    var nodes = [Node()]
    for element in all {
      var place = 0
      for name in "BkToCstmrStmt/\(element.rawValue)".split(separator: "/").map(String.init) {
        if let child = nodes[place].children[name] {
          place = child
        } else {
          nodes[place].children[name] = nodes.count
          place = nodes.count
          nodes.append(Node())
        }
      }
      nodes[place].element = element
    }
    return nodes
  }()

  /// The namespaces that are read.
  static let namespaces: Set<String> = Set(
    (2...8).map { "urn:iso:std:iso:20022:tech:xsd:camt.053.001.0\($0)" })
}
