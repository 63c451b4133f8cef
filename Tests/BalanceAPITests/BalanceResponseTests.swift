import NIOHTTP1
import TestSupport
import Testing

@testable import BalanceAPI

@Suite("Balance responses")
struct BalanceResponseTests {
  @Test("amounts are strings, members sorted, names escaped, and the header has the signed balance")
  func responseOfABalance() async throws {
    let server = try await InProcessServer()
    let reply = try await server.ask("/v1/accounts/1100/balance?currency=USD&as_of_date=2026-01-05")
    #expect(reply.status == 200)
    #expect(
      reply.body == #"{"account_code":"1100","account_name":"Loans \"A\"\u000a\\ é","#
        + #""as_of_date":"2026-01-05","cr_balance_minor":"20","currency":"USD","#
        + #""dr_balance_minor":"500","layer":"SETTLED","normal_balance_minor":"480"}"#)
    #expect(reply.fields[.normalBalanceSigned] == "480")
    #expect(reply.fields[.contentType] == "application/json")
    #expect(reply.fields[.cacheControl] == "private, no-cache")
    #expect(reply.fields[.eTag] == "\"\(String(repeating: "ab", count: 16))\"")
  }

  @Test("without a date, the response has the last closed one")
  func dateDefaultsToTheLastClosed() async throws {
    let server = try await InProcessServer()
    let reply = try await server.ask("/v1/accounts/1100/balance?currency=USD")
    #expect(reply.body.contains(#""as_of_date":"2026-01-14""#))
    #expect(reply.body.contains(#""dr_balance_minor":"9223372036854775807""#))
    #expect(reply.fields[.normalBalanceSigned] == "9223372036854775806")
  }

  @Test("an abnormal balance is zero, with the signed balance in the header")
  func abnormalBalanceIsSignedInTheHeader() async throws {
    let server = try await InProcessServer()
    let reply = try await server.ask("/v1/accounts/2000/balance?currency=USD")
    #expect(reply.body.contains(#""normal_balance_minor":"0""#))
    #expect(reply.body.contains(#""dr_balance_minor":"700""#))
    #expect(reply.fields[.normalBalanceSigned] == "-500")
  }

  @Test(
    "a zero balance, an unknown account, an unknown currency, an open date and an early date differ",
    arguments: [
      ("3000", "USD", "", 200, nil), ("1100", "EUR", "", 200, nil),
      ("9999", "USD", "", 404, "unknown_account"),
      ("1100", "ZZZ", "", 404, "unknown_currency"),
      ("1100", "USD", "2026-01-15", 404, "not_closed"),
      ("1100", "USD", "9999-12-31", 404, "not_closed"),
      ("1100", "USD", "2026-01-04", 404, "before_opening"),
      ("1100", "USD", "0001-01-01", 404, "before_opening"),
      ("9999", "ZZZ", "2026-01-04", 404, "before_opening"),
    ] as [(String, String, String, Int, String?)])
  func reasonsForNoBalanceDiffer(
    account: String, currency: String, date: String, status: Int, code: String?
  )
    async throws
  {
    let server = try await InProcessServer()
    let suffix = date.isEmpty ? "" : "&as_of_date=\(date)"
    let reply = try await server.ask(
      "/v1/accounts/\(account)/balance?currency=\(currency)\(suffix)")
    #expect(reply.status == status)
    #expect(reply.code == code)
    if status == 200 { #expect(reply.body.contains(#""dr_balance_minor":"0""#)) }
  }

  @Test("a tenant without books gets not_closed")
  func tenantWithoutBooksHasNothingClosed() async throws {
    let server = try await InProcessServer()
    let token = "Bearer " + server.forge.good(tenant: InProcessServer.other)
    for path in ["/v1/accounts/1100/balance?currency=USD", "/v1/reconciliation/status"] {
      let reply = try await server.ask(path, authorization: token)
      #expect(reply.status == 404)
      #expect(reply.code == "not_closed")
    }
  }

  @Test(
    "If-None-Match with the current tag gives 304",
    arguments: [
      ("\"abab\"", 200), ("*", 304), ("W/\"TAG\"", 304), ("\"x\", \"TAG\"", 304), ("TAG", 200),
      ("", 200),
    ])
  func conditionalRequest(header: String, status: Int) async throws {
    let server = try await InProcessServer()
    let tag = String(repeating: "ab", count: 16)
    let reply = try await server.ask(
      "/v1/accounts/1100/balance?currency=USD",
      ["If-None-Match": header.replacing("TAG", with: tag)])
    #expect(reply.status == status)
    #expect(reply.body.isEmpty == (status == 304))
    #expect(reply.fields[.eTag] == "\"\(tag)\"")
  }

  @Test("HEAD has the header fields of GET and no body")
  func headHasNoBody() async throws {
    let server = try await InProcessServer()
    let path = "/v1/accounts/1100/balance?currency=USD"
    let (get, head) = (try await server.ask(path), try await server.ask(path, method: .HEAD))
    #expect(head.status == 200)
    #expect(head.body.isEmpty)
    #expect(head.fields[.contentLength] == String(get.body.utf8.count))
    #expect(head.fields[.eTag] == get.fields[.eTag])
  }
}
