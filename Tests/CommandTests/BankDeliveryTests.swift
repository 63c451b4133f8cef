import Testing

/// What banks deliver besides one good statement a day, as the built command takes it up.
@Suite("Statements as banks deliver them")
struct BankDeliveryTests {
  private static let (monday, tuesday, wednesday) = ("2026-01-05", "2026-01-06", "2026-01-07")

  /// A ledger with 5.00 on Monday and 7.00 on Tuesday, closed through a date.
  private func bank(closed date: String? = nil) throws -> BankDirectory {
    let bank = try BankDirectory()
    try bank.export(Self.monday, [500])
    try bank.export(Self.tuesday, [700])
    if let date { #expect(try bank.close(date).exitCode == 0) }
    return bank
  }

  private func mondayStatement() -> SampleStatement { SampleStatement(Self.monday, from: 0, [500]) }

  /// Two pages of Monday's statement, with 2.00 and 3.00.
  private func pages() -> (SampleStatement, SampleStatement) {
    let first = SampleStatement(Self.monday, from: 0, [200]).with {
      ($0.sequence, $0.page, $0.hasLater) = (5, (1, false), true)
    }
    let last = SampleStatement(Self.monday, from: 200, [300]).with {
      ($0.sequence, $0.page, $0.hasEarlier) = (5, (2, true), true)
    }
    return (first, last)
  }

  @Test("a page waits for the others, in whatever order they come", arguments: ["camt", "mt940"])
  func pagesAreJoined(format: String) throws {
    let bank = try BankDirectory()
    try bank.export(Self.monday, [200, 300])
    let (first, last) = pages()
    let text = { (page: SampleStatement) in format == "camt" ? page.camt : page.mt940 }
    try bank.deliver("second-page", text(last))
    #expect(try bank.close(Self.monday).exitCode == 0)
    #expect(try bank.standing() == ["2026-01-05 pending 0"])
    #expect(try bank.findings() == ["statement_incomplete"])
    try bank.deliver("first-page", text(first))
    #expect(try bank.reconcile().exitCode == 0)
    #expect(try bank.standing() == ["2026-01-05 reconciled 0"])
    #expect(try bank.findings().isEmpty)
    #expect(try bank.reported(Self.monday) == "reconciled")
  }

  @Test("a corrected statement that contains the first one replaces it")
  func correctionReplacesTheFirst() throws {
    let bank = try BankDirectory()
    try bank.export(Self.monday, [500, 100])
    let first = mondayStatement().with { $0.created = "2026-01-05T20:00:00Z" }
    try bank.deliver("first.xml", first.camt)
    #expect(try bank.close(Self.monday).exitCode == 1)
    #expect(try bank.standing() == ["2026-01-05 unreconciled 100"])
    let corrected = SampleStatement(Self.monday, from: 0, [500, 100]).with {
      $0.created = "2026-01-06T20:00:00Z"
    }
    try bank.deliver("corrected.xml", corrected.camt)
    let outcome = try bank.reconcile()
    #expect(outcome.exitCode == 0, "\(outcome.output)")
    #expect(outcome.output.contains("2026-01-05  main reconciled, version 2"))
    #expect(try bank.standing() == ["2026-01-05 reconciled 0"])
    #expect(try bank.findings() == ["statement_repeated"])
  }

  @Test("two statements of a date that contradict each other are a break that names both files")
  func contradictionNamesBothFiles() throws {
    let bank = try bank(closed: Self.monday)
    try bank.deliver("one.xml", mondayStatement().camt)
    #expect(try bank.reconcile().exitCode == 0)
    try bank.deliver("two.xml", SampleStatement(Self.monday, from: 0, [501]).camt)
    #expect(try bank.reconcile().exitCode == 1)
    #expect(try bank.standing().first?.contains("unreconciled") == true)
    let message = try bank.place.store().rows(
      "SELECT message FROM finding WHERE code = 'statement_contradiction'")
    #expect(message.count == 1 && message[0].contains("one.xml") && message[0].contains("two.xml"))
    try bank.remove("two.xml")
    #expect(try bank.reconcile().exitCode == 0)
    #expect(try bank.standing() == ["2026-01-05 reconciled 0"])
  }

  @Test("a statement that comes again counts once, whatever its file, format or number")
  func repetitionCountsOnce() throws {
    let bank = try bank(closed: Self.monday)
    try bank.deliver("one.xml", mondayStatement().camt)
    #expect(try bank.reconcile().exitCode == 0)
    try bank.deliver("again/one.xml", mondayStatement().camt)
    try bank.deliver("one.sta", mondayStatement().mt940)
    #expect(try bank.reconcile().exitCode == 0)
    #expect(try bank.standing() == ["2026-01-05 reconciled 0"])
    #expect(try bank.findings() == ["statement_repeated"])
    #expect(try bank.close(Self.tuesday).exitCode == 0)
    #expect(try bank.standing() == ["2026-01-05 reconciled 0", "2026-01-06 pending 0"])
  }

  @Test(
    "a download that begins on the same date each day reconciles each day, in a new file or in place",
    arguments: ["download-2.xml", "download.xml"])
  func cumulativeDownloadsReconcile(next: String) throws {
    let bank = try bank(closed: Self.monday)
    try bank.deliver("download.xml", mondayStatement().camt)
    #expect(try bank.reconcile().exitCode == 0)
    let both = SampleStatement(Self.tuesday, from: 0, [500, 700]).with {
      $0.entries[0].date = Self.monday
    }
    try bank.deliver(next, both.camt)
    #expect(try bank.close(Self.tuesday).exitCode == 0)
    #expect(try bank.standing() == ["2026-01-05 reconciled 0", "2026-01-06 reconciled 0"])
  }

  @Test("an early statement waits for its date, and settles it when that closes")
  func earlyStatementWaits() throws {
    let bank = try bank()
    try bank.deliver("monday.xml", mondayStatement().camt)
    try bank.deliver("tuesday.xml", SampleStatement(Self.tuesday, from: 500, [700]).camt)
    #expect(try bank.close(Self.monday).exitCode == 0)
    #expect(try bank.standing() == ["2026-01-05 reconciled 0"])
    try bank.remove("tuesday.xml")
    #expect(try bank.close(Self.tuesday).exitCode == 0)
    #expect(try bank.standing() == ["2026-01-05 reconciled 0", "2026-01-06 reconciled 0"])
    #expect(
      try bank.place.store().rows("SELECT version FROM bank_reconciliation ORDER BY 1")
        == ["1", "1"])
  }

  @Test("a stale statement counts for its own date, whatever folder it arrives in")
  func staleStatementCountsForItsOwnDate() throws {
    let bank = try bank()
    try bank.deliver("date=\(Self.tuesday)/main.xml", mondayStatement().camt)
    let outcome = try bank.close(Self.tuesday)
    #expect(outcome.exitCode == 1)
    #expect(outcome.output.contains("statement_date_mismatch"))
    #expect(outcome.output.contains("closes on 2026-01-05, but lies in the folder of 2026-01-06"))
    #expect(try bank.standing() == ["2026-01-05 reconciled 0", "2026-01-06 pending 0"])
    #expect(try bank.reported(Self.monday) == "reconciled")
    #expect(try bank.reported(Self.tuesday) == "pending")
  }

  @Test("of several accounts in a file, one that the job does not know takes no other with it")
  func unknownAccountTakesNoOtherWithIt() throws {
    let bank = try bank(closed: Self.monday)
    let foreign = mondayStatement().with {
      ($0.identifier, $0.iban) = ("F", "FR1420041010050500013M02606")
    }
    try bank.deliver("both.xml", SampleStatement.camt([foreign, mondayStatement()]))
    let outcome = try bank.reconcile()
    #expect(outcome.exitCode == 1)
    #expect(outcome.output.contains("statement_unknown_account"))
    #expect(outcome.output.contains("FR1420041010050500013M02606"))
    #expect(try bank.standing() == ["2026-01-05 reconciled 0"])
  }

  @Test("one unusable statement of a file takes no other with it, and each run says so")
  func unusableStatementTakesNoOtherWithIt() throws {
    let bank = try bank(closed: Self.monday)
    let unusable = mondayStatement().with { ($0.identifier, $0.hasClosing) = ("U", false) }
    try bank.deliver("both.xml", SampleStatement.camt([unusable, mondayStatement()]))
    for _ in 1...2 {
      let outcome = try bank.reconcile()
      #expect(outcome.exitCode == 1)
      #expect(outcome.output.contains("statement_malformed"))
      #expect(try bank.standing() == ["2026-01-05 reconciled 0"])
    }
    try bank.deliver("both.xml", mondayStatement().camt)
    #expect(try bank.reconcile().exitCode == 0)
  }

  @Test("reports of a part of the day are noted, and wait for the day's statement")
  func reportOfAPartOfTheDayIsNoted() throws {
    let bank = try bank(closed: Self.monday)
    for hour in 8...10 {
      let report = SampleStatement(Self.monday, from: 0, [100 * hour]).with {
        $0.hasClosing = false
      }
      try bank.deliver(
        "hour-\(hour).xml",
        SampleStatement.camt([report], message: "camt.052", "Rpt", "BkToCstmrAcctRpt"))
    }
    let outcome = try bank.reconcile()
    #expect(outcome.exitCode == 0, "\(outcome.output)")
    #expect(outcome.output.contains("reports a part of a day"))
    #expect(try bank.standing() == ["2026-01-05 pending 0"])
    #expect(try bank.reconcile().output.contains("nothing new"))
    try bank.deliver("day.xml", mondayStatement().camt)
    #expect(try bank.reconcile().exitCode == 0)
    #expect(try bank.standing() == ["2026-01-05 reconciled 0"])
  }

  @Test("a statement of several days settles them all, in the books and in every report")
  func statementOfSeveralDaysSettlesThemAll() throws {
    let bank = try bank()
    try bank.export(Self.wednesday, [100])
    let all = SampleStatement(Self.wednesday, from: 0, [500, 700, 100]).with {
      $0.openingDate = Self.monday
      ($0.entries[0].date, $0.entries[1].date) = (Self.monday, Self.tuesday)
    }
    try bank.deliver("week.xml", all.camt)
    // All three dates are closed in one transaction.
    #expect(try bank.close(Self.wednesday).exitCode == 0)
    for date in [Self.monday, Self.tuesday, Self.wednesday] {
      #expect(try bank.reported(date) == "reconciled", "\(date)")
    }
    let written = try bank.place.files("reports")
    let before = try written.map { try bank.place.bytes("reports/\($0)") }
    #expect(try bank.run(["report", "--date", Self.monday, "--to", Self.wednesday]).exitCode == 0)
    #expect(try written.map { try bank.place.bytes("reports/\($0)") } == before)
  }

  @Test("verify finds nothing to say about books with corrections and repetitions")
  func booksVerify() throws {
    let bank = try bank(closed: Self.tuesday)
    let (first, last) = pages()
    for (name, text) in [
      ("1.xml", first.camt), ("2.xml", last.camt), ("3.xml", mondayStatement().camt),
      ("4.xml", SampleStatement(Self.tuesday, from: 500, [700]).camt),
    ] {
      try bank.deliver(name, text)
      _ = try bank.reconcile()
    }
    let verified = try bank.run(["verify", "--store-only"])
    #expect(verified.exitCode == 0, "\(verified.output)")
  }
}
