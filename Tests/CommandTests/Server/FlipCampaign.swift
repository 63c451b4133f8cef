import Foundation
import GRDB
import TestSupport
import Testing

/// A store whose bits are flipped one by one, and every question that it can be asked.
final class FlipCampaign {
  /// What became of the flips.
  struct Tally {
    var harmless = 0
    var refused = 0
    var wrong: [String] = []

    var text: String { "\(harmless) answered rightly, \(refused) refused, \(wrong.count) wrong" }
  }

  private static let store = "books.sqlite"
  let place: TestDirectory
  private let sound: [UInt8]
  private let tenants: [String]
  private let dates: [String]
  private let keys: [String: [[String]]]
  private var answers: [String: [String]] = [:]
  private var tables: [[String]: String] = [:]
  /// The pages of the file that hold balances and proofs, and all interior pages.
  private let aimedPages: [Int]
  private let pageBytes: Int

  /// Closes a ledger of two tenants, and closes all of its dates again with other exports.
  init() throws {
    let ledger = try CampaignLedger(tenants: 2, last: "2026-01-04", dates: 4, entries: 25)
    let stand = try ledger.stand(for: .prune)
    place = try TestDirectory()
    sound = try stand.place.bytes("\(stand.name)/\(Self.store)")
    try place.write(Self.store, sound)
    let reader = place.store()
    tenants = try reader.rows("SELECT tenant_id FROM tenant ORDER BY 1")
    dates = try reader.rows("SELECT DISTINCT business_date FROM stored_close ORDER BY 1")
    var keys: [String: [[String]]] = [:]
    for tenant in tenants {
      // Every key, one without activity, and one that is not in the chart.
      keys[tenant] =
        try reader.table(
          """
          SELECT DISTINCT account_code, currency, layer FROM balance_snapshot
          WHERE tenant_id = '\(tenant)' ORDER BY 1, 2, 3
          """) + [["1000", "JPY", "ENCUMBRANCE"], ["9999", "USD", "SETTLED"]]
    }
    self.keys = keys
    pageBytes = try Int(reader.rows("PRAGMA page_size")[0]) ?? 4_096
    aimedPages = try reader.rows(
      """
      SELECT pageno FROM dbstat WHERE pagetype = 'internal' OR name IN ('stored_snapshot',
        'balance_proof', 'date_proof', 'tenant_proof', 'chart_account', 'tenant', 'chain_head')
      """
    ).compactMap { Int($0) }
    try learnAnswers()
  }

  private func learnAnswers() throws {
    let server = try ServerProcess(place)
    for tenant in tenants {
      answers[tenant] = try ask(server, tenant)
      #expect(answers[tenant]?.allSatisfy { !$0.hasPrefix("5") } == true)
      for date in dates {
        let outcome = try balance(tenant, date)
        #expect(outcome.exitCode == 0, "\(outcome.errors)")
        tables[[tenant, date]] = outcome.output
      }
    }
  }

  /// Flips a bit of the sound file and asks everything, of a server and of `tieout balance`.
  ///
  /// - Parameters:
  ///   - isAimed: whether the bit is one of a row, a key or an interior page.
  ///   - isWarm: whether the server has answered everything before.
  func flip(
    isAimed: Bool, isWarm: Bool, _ numbers: inout SeededNumbers, _ served: inout Tally,
    _ printed: inout Tally
  ) throws {
    var place = Int.random(in: 0..<sound.count, using: &numbers)
    if isAimed, let page = aimedPages.randomElement(using: &numbers) {
      place = (page - 1) * pageBytes + place % pageBytes
    }
    let bit = UInt8.random(in: 0..<8, using: &numbers)
    let name = "byte \(place), bit \(bit)"
    var bytes = sound
    bytes[place] ^= 1 << bit
    try self.place.write(Self.store, isWarm ? sound : bytes)
    let server = try ServerProcess(self.place)
    if isWarm {
      for tenant in tenants { #expect(try ask(server, tenant) == answers[tenant]) }
      let file = try FileHandle(forUpdating: URL(fileURLWithPath: self.place.path(Self.store)))
      try file.seek(toOffset: UInt64(place))
      try file.write(contentsOf: [bytes[place]])
      try file.close()
    }
    var isRefused = false
    for tenant in tenants {
      for (found, expected) in zip(try ask(server, tenant), answers[tenant] ?? [])
      where found != expected {
        isRefused = true
        if !found.hasPrefix("503 ") { served.wrong.append("\(name): \(found), not \(expected)") }
      }
    }
    if isRefused { served.refused += 1 } else { served.harmless += 1 }
    try printBalances(name, &printed)
  }

  private func printBalances(_ name: String, _ printed: inout Tally) throws {
    var isRefused = false
    for ((tenant, date), expected) in tables.map({ (($0.key[0], $0.key[1]), $0.value) }) {
      let outcome = try balance(tenant, date)
      if outcome.exitCode == 0 && outcome.output == expected { continue }
      isRefused = true
      if outcome.exitCode != 2 || !outcome.output.isEmpty {
        printed.wrong.append("\(name): \(tenant) \(date): \(outcome.exitCode) \(outcome.errors)")
      }
    }
    if isRefused { printed.refused += 1 } else { printed.harmless += 1 }
  }

  private func balance(_ tenant: String, _ date: String) throws -> CommandOutcome {
    try place.tieout(
      "balance", "--store", Self.store, "--tenant", tenant, "--as-of", date, "--format", "csv")
  }

  /// The answers to every question about a tenant: status, signed balance and body, or the code.
  private func ask(_ server: ServerProcess, _ tenant: String) throws -> [String] {
    let token = server.forge.good(tenant: tenant)
    let days = dates.map { "&as_of_date=\($0)" } + ["", "&as_of_date=2025-12-31"]
    let balances = (keys[tenant] ?? []).flatMap { key in
      days.map { "/v1/accounts/\(key[0])/balance?currency=\(key[1])&layer=\(key[2])\($0)" }
    }
    let targets = balances + dates.map { "/v1/reconciliation/status?as_of_date=\($0)" }
    let text = targets.map {
      "GET \($0) HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer \(token)\r\n\r\n"
    }.joined()
    let port = try #require(server.ports["api"])
    let answer = RawConnection(port: port).exchangeAtOnce(text, endsSending: true).text
    let replies = answer.components(separatedBy: "HTTP/1.1 ").dropFirst().map(Self.essence)
    #expect(replies.count == targets.count, "an answer is missing")
    return replies
  }

  private static func essence(_ reply: String) -> String {
    let parts = reply.components(separatedBy: "\r\n\r\n")
    let status = reply.prefix(3)
    guard status == "200" else {
      let code = reply.firstMatch(of: /"code":"([a-z_]+)"/)
      return "\(status) \(code.map { String($0.output.1) } ?? "")"
    }
    let signed = reply.firstMatch(of: /(?i)normal-balance-signed: (-?\d+)/)
    return "\(status) \(signed.map { String($0.output.1) } ?? "") \(parts.last ?? "")"
  }
}
