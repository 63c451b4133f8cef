import Testing

/// What must hold of a stand after its command was disturbed, and after it was run again.
struct CampaignProof {
  let command: CampaignCommand
  let ledger: CampaignLedger
  let end: CampaignLedger.End
  let startBooks: [String: TenantBooks]
  let startCloses: [String: String]

  init(_ command: CampaignCommand, _ ledger: CampaignLedger) throws {
    self.command = command
    self.ledger = ledger
    end = try ledger.end(of: command)
    let start = try ledger.start(of: command)
    startBooks = try start.store.books()
    startCloses = try start.reports.closes()
  }

  /// Expects that what a run left behind can be read afterwards without the right to write.
  func expectRecovers(_ stand: CampaignStand, _ attempt: String) throws {
    guard stand.hasStore else { return }
    let outcome = try stand.start(["recover"], exports: "exports").wait()
    #expect(outcome.exitCode == 0, "\(attempt): \(outcome.output)\(outcome.errors)")
    #expect(!stand.hasHotJournal, "\(attempt): \(outcome.output)")
  }

  /// Expects that what a run left behind is found in order, without the exports.
  func expectVerifies(_ stand: CampaignStand, _ attempt: String) throws {
    let outcome = try stand.start(["verify", "--store-only"], exports: "exports").wait()
    // Before its tables are there, there is nothing to verify.
    guard try stand.store.hasTables() else { return }
    #expect(outcome.exitCode == 0, "\(attempt): \(outcome.output)\(outcome.errors)")
  }

  /// Expects that the stand is one that a run commits.
  func expectCommitted(_ stand: CampaignStand, _ attempt: String) throws {
    #expect(try stand.reports.faults() == [], "\(attempt)")
    if command == .backup { try expectWholeCopy(stand, attempt) }
    guard try stand.store.hasTables() else { return }
    #expect(try stand.store.faults() == [], "\(attempt)")
    let found = try stand.store.books()
    for (tenant, books) in found {
      let isWhole =
        switch command {
        case .close, .backfill:
          end.books[tenant].map { $0.closes.starts(with: books.closes) } ?? false
            && books.closes.starts(with: startBooks[tenant]?.closes ?? [])
        default: books == startBooks[tenant] || books == end.books[tenant]
        }
      #expect(isWhole, "\(attempt): \(tenant) has \(books.closes.count) closes")
    }
    let isMixed = found != startBooks && found != end.books
    if [.prune, .accept, .reconcile, .settle, .recover].contains(command) {
      #expect(!isMixed, "\(attempt): done by halves")
    }
    let hasOldBooks = command == .reclose && found == startBooks
    let verified = try stand.start(
      isMixed && command == .reclose ? ["verify", "--store-only"] : ["verify"],
      exports: hasOldBooks ? "exports" : command.exports
    ).wait()
    #expect(verified.exitCode == 0, "\(attempt): \(verified.output)\(verified.errors)")
  }

  /// Expects that there is no copy of the store, or a whole one.
  private func expectWholeCopy(_ stand: CampaignStand, _ attempt: String) throws {
    guard stand.hasCopy else { return }
    #expect(try stand.copy.faults() == [], "\(attempt)")
    #expect(try stand.copy.books() == startBooks, "\(attempt)")
  }

  /// Expects that running the command again ends as if nothing had disturbed it.
  func expectFinishes(_ stand: CampaignStand, _ attempt: String) throws {
    // A copy that is there is left alone, and must be whole.
    if !stand.hasCopy {
      // A decision that is recorded is not made again; its reports are written.
      let hasDecided = try stand.store.books() == end.books
      let again =
        switch command {
        case .accept where hasDecided:
          try stand.start(["report", "--date", CampaignLedger.first], exports: command.exports)
            .wait()
        case .settle where hasDecided:
          try stand.start(
            ["reconcile"] + CampaignBank.settings(CampaignBank.withFee), exports: command.exports
          ).wait()
        default: try ledger.run(command, on: stand).wait()
        }
      #expect(again.exitCode == end.exitCode, "\(attempt): \(again.errors)\(again.output)")
    }
    try expectFinished(stand, attempt)
  }

  /// Expects that the stand is as if nothing had disturbed the command.
  func expectFinished(_ stand: CampaignStand, _ attempt: String) throws {
    #expect(command != .backup || stand.hasCopy, "\(attempt)")
    if command == .backup { try expectWholeCopy(stand, attempt) }
    #expect(try stand.store.books() == end.books, "\(attempt)")
    #expect(try stand.store.faults() == [], "\(attempt)")
    #expect(try stand.reports.faults() == [], "\(attempt)")
    let contents = try stand.reports.contents()
    let differing = Set(contents.keys).union(end.contents.keys)
      .filter { contents[$0] != end.contents[$0] }
    #expect(differing.sorted().prefix(3) == [], "\(attempt): \(differing.count) files differ")
  }
}
