/// The elements that a statement, a report or a notification is made of.
enum CamtElement: UInt8 {
  case groupCreationTime, groupPage, groupIsLastPage

  case identifier, page, isLastPage, electronicSequence, legalSequence, creationTime
  case iban, otherAccount, accountCurrency

  case balance, balanceType, balanceProprietaryType, balanceSubtype, balanceAmount
  case balanceDirection, balanceDate, balanceInstant

  case entry, entryReference, entryAmount, entryDirection, reversal
  case status, statusCode, statusProprietary
  case bookingDate, bookingInstant, valueDate, valueInstant, servicerReference, entryText
  case entryChargesTotal, entryCharge, entryChargeDirection
  case batchReference, batchCount

  case transaction
  case transactionBatchReference, transactionServicerReference, instructionReference
  case endToEndReference, uetr, transactionReference, cheque, holderReference
  case creditorReference, transactionText
  case transactionAmount, transactionDirection, transactionDetailAmount, counterValueAmount
  case instructedAmount
  case transactionChargesTotal, transactionCharge, transactionChargeDirection

  /// Where each stands below the message's element; `*` is the element of one account.
  ///
  /// Source: ISO 20022, camt.052, camt.053 and camt.054, versions 02 to 14.
  static let paths: [(path: String, element: CamtElement)] =
    [
      ("GrpHdr/CreDtTm", .groupCreationTime), ("GrpHdr/MsgPgntn/PgNb", .groupPage),
      ("GrpHdr/MsgPgntn/LastPgInd", .groupIsLastPage),
    ] + (accountPaths + balancePaths + entryPaths).map { ("*/" + $0, $1) }
    + transactionPaths.map { ("*/Ntry/NtryDtls/TxDtls" + ($0.isEmpty ? "" : "/" + $0), $1) }

  private static let accountPaths: [(String, CamtElement)] = [
    ("Id", .identifier), ("ElctrncSeqNb", .electronicSequence), ("LglSeqNb", .legalSequence),
    ("CreDtTm", .creationTime),
    ("StmtPgntn/PgNb", .page), ("StmtPgntn/LastPgInd", .isLastPage),
    ("RptPgntn/PgNb", .page), ("RptPgntn/LastPgInd", .isLastPage),
    ("NtfctnPgntn/PgNb", .page), ("NtfctnPgntn/LastPgInd", .isLastPage),
    ("Acct/Id/IBAN", .iban), ("Acct/Id/Othr/Id", .otherAccount),
    ("Acct/Id/Prtry", .otherAccount), ("Acct/Id/Prtry/Id", .otherAccount),
    ("Acct/Id/PrtryAcct/Id", .otherAccount), ("Acct/Id/BBAN", .otherAccount),
    ("Acct/Id/UPIC", .otherAccount), ("Acct/Ccy", .accountCurrency),
  ]

  private static let balancePaths: [(String, CamtElement)] = [
    ("Bal", .balance), ("Bal/Tp/CdOrPrtry/Cd", .balanceType),
    ("Bal/Tp/CdOrPrtry/Prtry", .balanceProprietaryType), ("Bal/Tp/Cd", .balanceType),
    ("Bal/Tp/Prtry", .balanceProprietaryType), ("Bal/Tp/SubTp/Cd", .balanceSubtype),
    ("Bal/Tp/SubTp/Prtry", .balanceSubtype), ("Bal/Amt", .balanceAmount),
    ("Bal/CdtDbtInd", .balanceDirection), ("Bal/Dt/Dt", .balanceDate),
    ("Bal/Dt/DtTm", .balanceInstant),
  ]

  private static let entryPaths: [(String, CamtElement)] = [
    ("Ntry", .entry), ("Ntry/NtryRef", .entryReference), ("Ntry/Amt", .entryAmount),
    ("Ntry/CdtDbtInd", .entryDirection), ("Ntry/RvslInd", .reversal),
    // Up to version 07 the status is the element's text, from 08 on an element within it.
    ("Ntry/Sts", .status), ("Ntry/Sts/Cd", .statusCode), ("Ntry/Sts/Prtry", .statusProprietary),
    ("Ntry/BookgDt/Dt", .bookingDate), ("Ntry/BookgDt/DtTm", .bookingInstant),
    ("Ntry/ValDt/Dt", .valueDate), ("Ntry/ValDt/DtTm", .valueInstant),
    ("Ntry/AcctSvcrRef", .servicerReference), ("Ntry/AddtlNtryInf", .entryText),
    ("Ntry/Chrgs/TtlChrgsAndTaxAmt", .entryChargesTotal),
    // Version 02 has the charges themselves here, later ones have records of them.
    ("Ntry/Chrgs/Amt", .entryCharge), ("Ntry/Chrgs/CdtDbtInd", .entryChargeDirection),
    ("Ntry/Chrgs/Rcrd/Amt", .entryCharge), ("Ntry/Chrgs/Rcrd/CdtDbtInd", .entryChargeDirection),
    ("Ntry/NtryDtls/Btch/PmtInfId", .batchReference), ("Ntry/NtryDtls/Btch/MsgId", .batchReference),
    ("Ntry/NtryDtls/Btch/NbOfTxs", .batchCount),
  ]

  private static let transactionPaths: [(String, CamtElement)] = [
    ("", .transaction), ("Refs/MsgId", .transactionBatchReference),
    ("Refs/PmtInfId", .transactionBatchReference),
    ("Refs/AcctSvcrRef", .transactionServicerReference),
    ("Refs/AcctSvcrTxId", .transactionServicerReference),
    ("Refs/InstrId", .instructionReference), ("Refs/EndToEndId", .endToEndReference),
    ("Refs/UETR", .uetr), ("Refs/TxId", .transactionReference), ("Refs/ChqNb", .cheque),
    ("Refs/ClrSysRef", .transactionReference), ("Refs/PrcgId", .transactionReference),
    ("Refs/MktInfrstrctrTxId", .transactionReference), ("Refs/Prtry/Ref", .transactionReference),
    ("Refs/AcctOwnrTxId", .holderReference),
    ("RmtInf/Strd/CdtrRefInf/Ref", .creditorReference), ("RmtInf/Ustrd", .transactionText),
    ("RmtInf/Strd/RfrdDocInf/Nb", .transactionText), ("RmtInf/Strd/AddtlRmtInf", .transactionText),
    ("AddtlTxInf", .transactionText),
    // Version 02 has the amount of a transaction in its details only.
    ("Amt", .transactionAmount), ("CdtDbtInd", .transactionDirection),
    ("AmtDtls/TxAmt/Amt", .transactionDetailAmount),
    ("AmtDtls/CntrValAmt/Amt", .counterValueAmount), ("AmtDtls/InstdAmt/Amt", .instructedAmount),
    ("Chrgs/TtlChrgsAndTaxAmt", .transactionChargesTotal), ("Chrgs/Amt", .transactionCharge),
    ("Chrgs/CdtDbtInd", .transactionChargeDirection), ("Chrgs/Rcrd/Amt", .transactionCharge),
    ("Chrgs/Rcrd/CdtDbtInd", .transactionChargeDirection),
  ]
}
