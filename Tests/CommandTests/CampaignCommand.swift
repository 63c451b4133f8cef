/// A command that campaigns disturb, and what it begins with.
enum CampaignCommand: String, CaseIterable {
  case close
  case backfill
  case reclose
  case report
  case prune
  case backup
  case accept
  case reconcile
  case settle
  case recover

  /// The stand that a run of the command begins with.
  var start: String {
    switch self {
    case .close: "nothing"
    case .backfill: "begun"
    case .reclose, .backup: "closed"
    case .report: "unreported"
    case .prune: "reclosed"
    case .accept: "quarantined"
    case .reconcile: "banked"
    case .settle: "unsettled"
    case .recover: "killed"
    }
  }

  /// The exports that the books come from, once the command has ended.
  var exports: String {
    switch self {
    case .close, .backfill, .backup, .reconcile, .settle, .recover: "exports"
    case .reclose, .report, .prune: "changed"
    case .accept: "invalid"
    }
  }

  /// The command's own words for a ledger of dates up to one.
  ///
  /// - Parameter tenant: the tenant whose first date has quarantined records, and whose bank took a fee.
  func arguments(last: String, tenant: String) -> [String] {
    switch self {
    case .close: ["close", "--date", last]
    case .backfill: ["backfill", "--from", CampaignLedger.first, "--to", last]
    case .reclose: ["backfill", "--from", CampaignLedger.first, "--to", last, "--reclose"]
    case .report: ["report", "--date", CampaignLedger.first, "--to", last]
    case .prune: ["prune", "--before", last]
    case .backup: ["backup"]
    case .accept:
      [
        "accept", "--tenant", tenant, "--date", CampaignLedger.first, "--by", "Ada Example",
        "--note", "Never was a record.",
      ]
    case .recover: ["recover"]
    case .reconcile: ["reconcile"] + CampaignBank.settings(CampaignBank.statements)
    case .settle:
      [
        "settle", "--tenant", tenant, "--account", CampaignBank.account, CampaignBank.feeItem,
        "--by", "Ada Example", "--note", "The bank's fee.",
      ] + CampaignBank.settings(CampaignBank.withFee)
    }
  }
}

/// A store with its reports in a directory of its own, that a run is let loose on.
struct CampaignStand {
  let name: String
  let place: TestDirectory

  var store: StoreReader { place.store("\(name)/books.sqlite") }
  var copy: StoreReader { place.store("\(name)/copy.sqlite") }
  var reports: WholeReports { WholeReports(root: "\(name)/reports", place: place) }
  var directory: String { place.path(name) }
  var hasStore: Bool { place.exists("\(name)/books.sqlite") }
  /// Whether the store cannot be read before its journal is rolled back.
  var hasHotJournal: Bool {
    let first = try? place.bytes("\(name)/books.sqlite-journal").first
    return first.map { $0 != 0 } ?? false
  }
  var hasCopy: Bool { place.exists("\(name)/copy.sqlite") }

  /// Starts a command on the stand.
  ///
  /// - Parameter launcher: a program that starts the command.
  func start(
    _ words: [String], exports: String, launcher: [String] = []
  ) throws -> TieoutProcess {
    var arguments = words + ["--job", place.path("job.yaml"), "--exports", place.path(exports)]
    arguments += ["--store", "\(directory)/books.sqlite", "--reports", "\(directory)/reports"]
    if words[0] == "backup" { arguments += ["--to", "\(directory)/copy.sqlite"] }
    return try TieoutProcess(arguments, in: place, launcher: launcher)
  }
}
