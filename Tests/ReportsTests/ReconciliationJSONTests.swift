import LedgerDomain
import Testing

@Suite("reconciliation.json")
struct ReconciliationJSONTests {
  @Test("has sorted keys and amounts as strings of digits")
  func documentMatchesGolden() throws {
    #expect(try SampleRecord().text("reconciliation.json") == Self.golden + "\n")
  }

  @Test("has the same reconciliation status as the API")
  func statusMatchesAPI() throws {
    let text = try SampleRecord().text("reconciliation.json", FullRecord.record())
    #expect(text.contains(Self.statusGolden))
  }

  @Test("adds up a trial balance beyond 64 bits")
  func totalsExceed64Bits() throws {
    let sample = SampleRecord.record()
    var row = sample.rollforward[0]
    row.closing = DebitCreditTotals(debitMinor: .max, creditMinor: .max)
    let record = CloseRecord(
      header: sample.header, chart: sample.chart, rollforward: [row, row, row], restatements: [],
      tieOuts: [], findings: [], findingCounts: [], parts: [])
    let text = try SampleRecord().text("reconciliation.json", record)
    #expect(text.contains("\"cr_balance_minor\" : \"27670116110564327421\""))
    #expect(text.contains("\"accounts\" : 3"))
    #expect(text.contains("\"restated_balances\" : 0"))
  }

  private static let statusGolden = #"""
      "reconciliation_status" : {
        "as_of_date" : "2026-01-05",
        "bank_reconciliation" : [
          {
            "bank_account_ref" : "operating",
            "difference_minor" : "-1250",
            "status" : "unreconciled"
          },
          {
            "bank_account_ref" : "reserve",
            "difference_minor" : "0",
            "status" : "pending"
          }
        ],
        "ledger_integrity" : {
          "checked_at" : "2026-01-06T01:00:09Z",
          "mismatched_account_count" : 0,
          "status" : "ok"
        },
        "portfolio_rollup" : {
          "gl_principal_minor" : "88849",
          "status" : "mismatch",
          "sum_of_loan_balances_minor" : "88000"
        }
      },
    """#

  private static let golden = #"""
    {
      "bank_accounts" : [

      ],
      "business_date" : "2026-01-05",
      "chain_digest" : "c7",
      "close_id" : 7,
      "findings" : [
        {
          "code" : "unbalanced",
          "count" : 5,
          "listed" : 1,
          "severity" : "error"
        },
        {
          "code" : "backdated",
          "count" : 1,
          "listed" : 1,
          "severity" : "info"
        }
      ],
      "finished_at" : "2026-01-06T01:00:09Z",
      "input_digest" : "1f",
      "parts" : [
        {
          "bytes" : 120,
          "file" : "part-00000.ndjson.gz",
          "records" : 12,
          "sha256" : "ab12"
        }
      ],
      "quarantine" : {
        "accepted" : {
          "readable_records" : 0,
          "records" : 0,
          "totals" : [

          ]
        },
        "codes" : [

        ],
        "counted_once" : {
          "readable_records" : 0,
          "records" : 0,
          "totals" : [

          ]
        },
        "decisions" : [

        ],
        "open" : {
          "readable_records" : 0,
          "records" : 0,
          "totals" : [

          ]
        }
      },
      "reconciliation_status" : {
        "as_of_date" : "2026-01-05",
        "bank_reconciliation" : [

        ],
        "ledger_integrity" : {
          "checked_at" : "2026-01-06T01:00:09Z",
          "mismatched_account_count" : 0,
          "status" : "mismatch"
        },
        "portfolio_rollup" : {
          "gl_principal_minor" : "0",
          "status" : "ok",
          "sum_of_loan_balances_minor" : "0"
        }
      },
      "records" : {
        "accepted" : 10,
        "quarantined" : 2,
        "read" : 12
      },
      "restated_balances" : 1,
      "started_at" : "2026-01-06T01:00:00Z",
      "status" : "closed_with_breaks",
      "tenant_id" : "00000000-0000-000a-0000-000000000001",
      "tie_outs" : {
        "bank_reconciliation" : {
          "comparisons" : [

          ],
          "status" : "inconclusive"
        },
        "completeness" : {
          "comparisons" : [
            {
              "detail" : "No manifest.",
              "scope" : "",
              "status" : "inconclusive"
            }
          ],
          "status" : "inconclusive"
        },
        "double_entry" : {
          "comparisons" : [
            {
              "actual_minor" : "130",
              "detail" : "a/b \"c\"",
              "difference_minor" : "30",
              "expected_minor" : "100",
              "scope" : "day USD SETTLED",
              "status" : "fail"
            }
          ],
          "status" : "fail"
        },
        "late_input" : {
          "comparisons" : [

          ],
          "status" : "inconclusive"
        },
        "ledger_integrity" : {
          "comparisons" : [

          ],
          "status" : "inconclusive"
        },
        "locked_period" : {
          "comparisons" : [

          ],
          "status" : "inconclusive"
        },
        "open_quarantine" : {
          "comparisons" : [

          ],
          "status" : "inconclusive"
        },
        "portfolio_rollup" : {
          "comparisons" : [

          ],
          "status" : "inconclusive"
        },
        "rollforward" : {
          "comparisons" : [
            {
              "actual_minor" : "0",
              "detail" : "Keys.",
              "difference_minor" : "0",
              "expected_minor" : "0",
              "scope" : "keys",
              "status" : "pass"
            }
          ],
          "status" : "pass"
        }
      },
      "trial_balance" : [
        {
          "accounts" : 1,
          "cr_balance_minor" : "7",
          "currency" : "BHD",
          "dr_balance_minor" : "0",
          "layer" : "PENDING",
          "minor_unit_digits" : 3
        },
        {
          "accounts" : 1,
          "cr_balance_minor" : "3",
          "currency" : "JPY",
          "dr_balance_minor" : "5",
          "layer" : "SETTLED",
          "minor_unit_digits" : 0
        },
        {
          "accounts" : 1,
          "cr_balance_minor" : "0",
          "currency" : "USD",
          "dr_balance_minor" : "88849",
          "layer" : "SETTLED",
          "minor_unit_digits" : 2
        }
      ]
    }
    """#
}
