import NIOHTTP1
import SnapshotStore
import TestSupport
import Testing

@testable import BalanceAPI

@Suite("Refused requests")
struct RefusalTests {
  @Test(
    "invalid parameters are refused, and each is named",
    arguments: [
      ("1100/balance", ["currency missing_parameter"]),
      ("1100/balance?currency=", ["currency invalid_value"]),
      ("1100/balance?currency=usd", ["currency invalid_value"]),
      ("1100/balance?currency=US%44D", ["currency invalid_value"]),
      ("1100/balance?currency=USD&currency=USD", ["currency repeated_parameter"]),
      ("1100/balance?currency=USD&a=1&a%20b=2", ["a unknown_parameter", "a b unknown_parameter"]),
      ("1100/balance?currency=USD&layer=settled", ["layer invalid_value"]),
      ("1100/balance?currency=USD&as_of_date=2026-02-30", ["as_of_date invalid_value"]),
      ("1100/balance?currency=USD&as_of_date=2026-01-05T00:00:00Z", ["as_of_date invalid_value"]),
      ("1100/balance?currency=USD&as_of_date=", ["as_of_date invalid_value"]),
      ("1100/balance?currency=%zz", [" malformed_encoding", "currency invalid_value"]),
      ("1100/balance?currency=%ff", [" malformed_encoding", "currency invalid_value"]),
      ("110/balance?currency=USD", ["account_code invalid_value"]),
      ("11000/balance?currency=USD", ["account_code invalid_value"]),
      ("%D9%A1100/balance?currency=USD", ["account_code invalid_value"]),
      ("11%2F0/balance?currency=USD", ["account_code invalid_value"]),
      (
        "abcd/balance?layer=x",
        [
          "account_code invalid_value", "currency missing_parameter", "layer invalid_value",
        ]
      ),
    ])
  func invalidParametersAreNamed(path: String, faults: [String]) async throws {
    let reply = try await InProcessServer().ask("/v1/accounts/\(path)")
    #expect(reply.status == 400)
    #expect(reply.code == "bad_request")
    #expect(reply.faults == faults)
  }

  @Test("at most sixteen faults are named")
  func faultsAreLimitedToSixteen() async throws {
    let reply = try await InProcessServer().ask(
      "/v1/health/live?" + Array(repeating: "a", count: 2_000).joined(separator: "&"))
    #expect(reply.status == 400)
    #expect(reply.faults == Array(repeating: "a unknown_parameter", count: 16))
  }

  @Test("percent-encoded characters are decoded")
  func percentEncodingIsDecoded() async throws {
    let reply = try await InProcessServer().ask("/v1/accounts/%31100/balance?c%75rrency=%55SD&&")
    #expect(reply.status == 200)
  }

  @Test(
    "unknown paths are 404",
    arguments: [
      "/", "/v1", "/v1/", "/v2/health/live", "/V1/health/live", "/v1/health/live/",
      "/v1/accounts/1100", "/v1/accounts/1100/balance/", "/v1//accounts/1100/balance",
      "/v1/accounts/1100/balance/x", "/v1/accounts/../health/live", "http://a/", "https://a:1/V1",
    ])
  func unknownPathIsNotFound(path: String) async throws {
    let reply = try await InProcessServer().ask(path)
    #expect(reply.status == 404)
    #expect(reply.code == "not_found")
  }

  @Test(
    "methods other than GET and HEAD are 405",
    arguments: ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "get", "BREW"])
  func otherMethodsAreNotAllowed(method: String) async throws {
    let server = try await InProcessServer()
    for path in ["accounts/1100/balance?currency=USD", "reconciliation/status", "health/ready"] {
      let reply = try await server.ask("/v1/" + path, method: HTTPMethod(rawValue: method))
      #expect(reply.status == 405)
      #expect(reply.fields[.allow] == "GET, HEAD")
    }
  }

  @Test(
    "requests that do not accept JSON are 406",
    arguments: [
      ("text/html", 406), ("application/xml, text/*;q=0.5", 406), ("*/*", 200),
      ("application/*", 200),
      ("application/json", 200), ("Application/JSON;charset=utf-8", 200), ("", 200),
      ("application/json;q=0", 406), ("application/json;q=0.000, */*", 406), ("*/*;q=0.1", 200),
      ("text/html, application/json;q=0.001", 200), ("application/problem+json", 406),
    ])
  func acceptHeaderIsHonored(header: String, status: Int) async throws {
    let reply = try await InProcessServer().ask("/v1/health/live", ["Accept": header])
    #expect(reply.status == status)
  }

  @Test("requests that are too large are refused")
  func requestsThatAreTooLarge() async throws {
    let server = try await InProcessServer()
    let long = String(repeating: "a", count: 4_100)
    #expect(try await server.ask("/v1/health/live?\(long)").status == 414)
    let field = ["X-Long": String(repeating: "b", count: 16_400)] as HTTPHeaders
    #expect(try await server.ask("/v1/health/live", field).status == 431)
    let refused = try await server.ask("/v1/health/live", ["Content-Length": "65537"])
    #expect(refused.status == 413)
    #expect(refused.fields[.connection] == "close")
    let chunked: HTTPHeaders = ["Transfer-Encoding": "chunked"]
    let bytes = [UInt8](repeating: 0, count: 65_537)
    #expect(try await server.ask("/v1/health/live", chunked, body: bytes).status == 413)
    #expect(try await server.ask("/v1/health/live", chunked, body: [1, 2, 3]).status == 200)
  }

  @Test("a tenant beyond its rate limit is refused, and no other tenant is")
  func rateLimitIsPerTenant() async throws {
    let server = try await InProcessServer(requestsPerSecond: 3)
    var statuses: [Int] = []
    for _ in 0..<5 {
      statuses.append(try await server.ask("/v1/accounts/1100/balance?currency=USD").status)
    }
    #expect(statuses.prefix(3) == [200, 200, 200])
    #expect(statuses.last == 429)
    let other = "Bearer " + server.forge.good(tenant: InProcessServer.other)
    #expect(try await server.ask("/v1/reconciliation/status", authorization: other).status == 404)
    #expect(try await server.ask("/v1/health/live").status == 200)
  }

  @Test("a request needs exactly one valid token with the operation's scope")
  func tokenAndScopeAreRequired() async throws {
    let server = try await InProcessServer()
    let path = "/v1/accounts/1100/balance?currency=USD"
    for authorization in [nil, "Basic YTpi", "Bearer", "Bearer ", "bearer x", "Bearer a.b.c"] {
      let reply = try await server.ask(path, authorization: authorization)
      #expect(reply.status == 401, "\(authorization ?? "none")")
      #expect(reply.fields[.wwwAuthenticate]?.hasPrefix("Bearer realm=\"tieout\"") == true)
    }
    var twice: HTTPHeaders = [:]
    let good = "Bearer " + server.forge.good(tenant: InProcessServer.tenant)
    twice.add(name: "authorization", value: good)
    twice.add(name: "authorization", value: good)
    #expect(try await server.ask(path, authorization: nil, twice).status == 401)
    for scope in [
      "", "hpts:reconciliation:read", "hpts:balances:reads", "HPTS:BALANCES:READ", "hpts:admin:*",
    ] {
      let token = server.forge.good(tenant: InProcessServer.tenant, ["scope": "\"\(scope)\""])
      let reply = try await server.ask(path, authorization: "Bearer " + token)
      #expect(reply.status == 403, "\(scope)")
      #expect(reply.fields[.wwwAuthenticate]?.contains("scope=\"hpts:balances:read\"") == true)
    }
    let token = server.forge.good(
      tenant: InProcessServer.tenant, ["scope": "\"hpts:balances:read\""])
    #expect(try await server.ask(path, authorization: "BEARER  " + token).status == 200)
    #expect(
      try await server.ask("/v1/reconciliation/status", authorization: "Bearer " + token).status
        == 403)
  }

  @Test("requests wait for a commit, and fail while the books cannot be read")
  func unreadableBooksAreUnavailable() async throws {
    let server = try await InProcessServer()
    let path = "/v1/accounts/1100/balance?currency=USD"
    server.books.lock(lookups: 20)
    #expect(try await server.ask(path).status == 200)
    #expect(server.metrics.current.waits == 1)
    server.books.fail(StoreError(.alteredStore, "the store at /secret/path is damaged"))
    for path in [path, "/v1/reconciliation/status", "/v1/health/ready"] {
      let reply = try await server.ask(path)
      #expect(reply.status == 503)
      #expect(reply.code == "store_unavailable")
      #expect(reply.fields[.retryAfter] == "5")
      #expect(!reply.body.contains("secret"))
    }
    #expect(try await server.ask("/v1/health/live").status == 200)
  }

  @Test("without a key set, requests that need a token are 503")
  func missingKeySetIsUnavailable() async throws {
    let server = try await InProcessServer(withKeys: false)
    for path in ["/v1/accounts/1100/balance?currency=USD", "/v1/health/ready"] {
      let reply = try await server.ask(path)
      #expect(reply.status == 503)
      #expect(reply.code == "keys_unavailable")
    }
  }
}
