#if XLSX
  import LedgerDomain
  import TestSupport
  import Testing

  @testable import Reports

  @Suite("Untrusted text in close.xlsx")
  struct CloseXLSXHostileTextTests {
    private static let pieces =
      [
        "=1+1", "=cmd|'/c calc'!A1", "+1", "-1", "@SUM(A1:A9)", "=HYPERLINK(\"http://x\",\"y\")",
        "{=1+1}", "'=1", " ", "\t", "\n", "\r", "\r\n", "<f>1+1</f>", "]]>", "&amp;", "\"", "'",
        ",",
        "_x0041_", "_x005F_", "_x00", "_", "\u{0}", "\u{1}", "\u{8}", "\u{1B}", "\u{1F}", "\u{7F}",
        "\u{85}", "\u{2028}", "\u{202E}=1+1", "\u{200F}", "שלום", "مرحبا", "👩‍👩‍👧‍👦", "🇩🇪", "e\u{301}",
        "\u{FEFF}", "\u{FFFD}", "\u{FFFE}", "\u{FFFF}", "\u{1FFFE}", "\u{10FFFF}", "\u{D7FF}",
        "\u{E000}", "http://example.com/", "1e5", "0012", "TRUE", "#REF!",
      ] + [String(repeating: "e\u{301}\u{302}", count: 9)]

    private static func texts(_ count: Int) -> [String] {
      var numbers = SeededNumbers(seed: 11)
      return pieces
        + (pieces.count..<count).map { _ in
          (0..<Int.random(in: 1...6, using: &numbers))
            .map { _ in pieces[Int.random(in: 0..<pieces.count, using: &numbers)] }.joined()
        }
    }

    /// What no XML can hold is replaced.
    private static func wanted(_ text: String) -> [Unicode.Scalar] {
      text.unicodeScalars.map { [0, 0xFFFE, 0xFFFF].contains($0.value) ? "\u{FFFD}" : $0 }
    }

    private func scalars(_ cell: CloseWorkbook.Cell?) -> [Unicode.Scalar] {
      guard case .text(let text)? = cell else { return [] }
      return Array(text.unicodeScalars)
    }

    private func formulas(_ sheet: CloseWorkbook.Sheet) -> Int {
      sheet.xml.ranges(of: "<f").count { !sheet.xml[$0.upperBound...].hasPrefix("o") }
    }

    @Test("is stored unchanged and never as a formula")
    func hostileTextIsStoredUnchanged() throws {
      let texts = Self.texts(10_000)
      let findings = texts.map { text in
        var finding = Finding(.unbalanced, message: text)
        finding.file = text
        finding.field = text
        return finding
      }
      let workbook = try CloseWorkbook(FullRecord.record(text: "=1+1", findings: findings))
      let rows = workbook.table("Findings")
      #expect(rows.count == texts.count)
      for (row, text) in zip(rows, texts) {
        let wanted = Self.wanted(text)
        for column in [2, 6, 12] {
          #expect(scalars(row[column]) == wanted, "\(text.debugDescription)")
        }
      }
      #expect(workbook.sheets.dropFirst().allSatisfy { formulas($0) == 0 })
    }

    @Test("is text in every column", arguments: pieces)
    func hostileTextIsTextInEveryColumn(text: String) throws {
      let workbook = try CloseWorkbook(FullRecord.record(text: text))
      let expected = try CloseWorkbook(FullRecord.record())
      #expect(workbook.sheets.map(formulas) == expected.sheets.map(formulas))
      let wanted = Self.wanted(text)
      #expect(scalars(workbook.table("Trial balance").first?[1]) == wanted)
      #expect(scalars(workbook.table("Outstanding").first?[5]) == wanted)
      #expect(scalars(workbook.table("Parts").first?[0]) == wanted)
      for (sheet, expectedSheet) in zip(workbook.sheets, expected.sheets) {
        #expect(sheet.rows.count == expectedSheet.rows.count)
        for row in sheet.rows.dropFirst() where sheet.name != "Summary" {
          for case .formula(let formula)? in row { Issue.record("\(sheet.name): \(formula)") }
        }
      }
    }

    @Test(
      "is truncated with a note if it is longer than a cell",
      arguments: ["a", "ä", "👩‍👩‍👧‍👦", "_x0041_", "e\u{301}\u{302}\u{303}", "\u{1}", "=", "\u{FFFF}"])
    func longTextIsTruncated(piece: String) throws {
      for length in [32_000, 32_767, 32_768, 70_000] {
        let text = String(
          String.UnicodeScalarView(
            String(repeating: piece, count: length).unicodeScalars.prefix(length)))
        let workbook = try CloseWorkbook(
          WorkbookRecord.record(findings: [Finding(.unbalanced, message: text)]))
        let found = scalars(workbook.table("Findings").first?[12])
        let shown = String(String.UnicodeScalarView(found))
        #expect(shown.utf16.count <= 32_767)
        let mark = Array("… (truncated; full text in the CSV file)".unicodeScalars)
        if found.suffix(mark.count) == mark[...] {
          #expect(Self.wanted(text).starts(with: found.dropLast(mark.count)))
          #expect(shown.utf16.count > 10_000 && text.utf16.count > 14_000)
        } else {
          #expect(found == Self.wanted(text))
        }
      }
    }

    @Test("may be an endless run of combining characters")
    func combiningCharactersAreAccepted() throws {
      let text = "e" + String(repeating: "\u{301}", count: 100_000)
      let workbook = try CloseWorkbook(FullRecord.record(text: text))
      let name = scalars(workbook.table("Trial balance").first?[1])
      #expect(name.count > 30_000 && name.count <= 32_767)
    }
  }
#endif
