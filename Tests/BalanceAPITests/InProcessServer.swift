import Foundation
import LedgerDomain
import NIOCore
import NIOHTTP1
import SnapshotStore
import TestSupport
import Testing
import TokenAccess

@testable import BalanceAPI

/// The API over books in memory, called without a network.
final class InProcessServer: Sendable {
  static let tenant = "0f000000-0000-4000-8000-00000000000a"
  static let other = "0f000000-0000-4000-8000-00000000000b"

  let forge = TokenForge(now: 1_700_000_000)
  let books = MemoryBooks()
  let metrics = RequestMetrics()
  let responder: APIResponder
  private let log: ServerLog

  struct Reply {
    let status: Int
    let fields: HTTPHeaders
    let body: String

    var problem: [String: Any]? {
      try? JSONSerialization.jsonObject(with: Data(body.utf8)) as? [String: Any]
    }
    var code: String? { problem?["code"] as? String }
    /// The faults, as `field code`.
    var faults: [String] {
      (problem?["errors"] as? [[String: String]] ?? []).map {
        "\($0["field"] ?? "?") \($0["code"] ?? "?")"
      }
    }
  }

  init(requestsPerSecond: Int? = nil, withKeys: Bool = true) async throws {
    let path = NSTemporaryDirectory() + "tieout-keys-" + UUID().uuidString + ".json"
    if withKeys { try Data(forge.keySet().utf8).write(to: URL(fileURLWithPath: path)) }
    let keys = KeySetCache(source: try KeySource(path)) { _ in }
    await keys.refresh()
    try? FileManager.default.removeItem(atPath: path)
    log = ServerLog(
      descriptor: open("/dev/null", O_WRONLY), metrics: metrics, now: { 1_700_000_000 })
    let repository = RetryingBooksRepository(
      books: books, metrics: metrics, timeout: .seconds(3_600)
    ) { _ in }
    var generator = SeededNumbers(seed: 1)
    responder = APIResponder(
      operations: Set(Operation.allCases), listener: "test",
      traces: TraceSource(using: &generator), dates: DateHeader(now: { 1_700_000_000 }),
      authenticator: Authenticator(
        verifier: TokenVerifier(
          expectation: .init(issuer: forge.issuer, audience: forge.audience), keys: keys,
          now: { 1_700_000_000 })),
      limiter: requestsPerSecond.map { RateLimiter(requestsPerSecond: $0) },
      balance: BalanceController(books: repository),
      reconciliation: ReconciliationController(books: repository),
      health: HealthController(books: repository, hasKeys: { keys.hasKeys }), metrics: metrics,
      log: log)
    books.set(try #require(TenantID(Self.tenant)), .sample)
  }

  /// Sends a request with a valid token, or with the given authorization.
  func ask(
    _ path: String, method: HTTPMethod = .GET, authorization: String? = "",
    _ fields: HTTPHeaders = [:], body: [UInt8]? = nil
  ) async throws -> Reply {
    var fields = fields
    fields.add(name: "Host", value: "localhost")
    if let authorization {
      fields[.authorization] =
        authorization.isEmpty ? "Bearer " + forge.good(tenant: Self.tenant) : authorization
    }
    let head = HTTPRequestHead(version: .http1_1, method: method, uri: path, headers: fields)
    let answer = await responder.respond(
      to: ReceivedRequest(head: head, contentBytes: body?.count ?? 0))
    return try Reply(answer.bytes(toHead: method == .HEAD, ByteBufferAllocator()))
  }
}

extension InProcessServer.Reply {
  /// Parses a response as sent over the network.
  init(_ answer: ByteBuffer) throws {
    let text = String(buffer: answer)
    let end = try #require(text.firstRange(of: "\r\n\r\n"))
    let lines = text[..<end.lowerBound].components(separatedBy: "\r\n")
    status = try #require(Int(lines[0].dropFirst("HTTP/1.1 ".count).prefix(3)))
    var fields = HTTPHeaders()
    for line in lines.dropFirst() {
      let colon = try #require(line.firstRange(of: ": "))
      fields.add(name: String(line[..<colon.lowerBound]), value: String(line[colon.upperBound...]))
    }
    self.fields = fields
    body = String(text[end.upperBound...])
  }
}

extension MemoryBooks.Tenant {
  static let first = BusinessDate(dayNumber: 20_458)
  static let last = BusinessDate(dayNumber: 20_467)

  /// Ten dates; an account of each side, one with an abnormal balance, one without activity.
  static var sample: Self {
    let accounts = [
      Account(code: AccountCode(number: 1100), name: "Loans \"A\"\n\\ é", normalSide: .debit),
      Account(code: AccountCode(number: 2000), name: "Deposits", normalSide: .credit),
      Account(code: AccountCode(number: 3000), name: "", normalSide: .credit),
    ]
    var books = Self(
      position: BookPosition(
        firstDate: first, closedThrough: last, version: String(repeating: "ab", count: 16)),
      accounts: Dictionary(uniqueKeysWithValues: accounts.map { ($0.code, $0) }))
    let usd = CurrencyCode(packed: CurrencyCode("USD")?.packed ?? 0)
    func key(_ number: UInt16, _ layer: EntryLayer = .settled) -> BalanceKey {
      BalanceKey(account: AccountCode(number: number), currency: usd, layer: layer)
    }
    books.totals[key(1100)] = [
      first: DebitCreditTotals(debitMinor: 500, creditMinor: 20),
      last: DebitCreditTotals(debitMinor: .max, creditMinor: 1),
    ]
    books.totals[key(1100, .pending)] = [last: DebitCreditTotals(debitMinor: 3, creditMinor: 3)]
    books.totals[key(2000)] = [last: DebitCreditTotals(debitMinor: 700, creditMinor: 200)]
    return books
  }
}
