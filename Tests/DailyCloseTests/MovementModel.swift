import LedgerDomain

/// Movements summed up in a dictionary: what an accumulator is compared with.
struct MovementModel {
  struct Place: Hashable {
    let key: BalanceKey
    let date: BusinessDate
  }

  struct Sum: Equatable {
    var totals = WideTotals()
    var lineCount = 0
  }

  private(set) var sums: [Place: Sum] = [:]

  mutating func add(_ entry: SampleEntry) {
    for line in entry.lines {
      let place = Place(key: line.key, date: entry.effectiveDate)
      sums[place, default: Sum()].totals.add(line.amountMinor, line.direction)
      sums[place, default: Sum()].lineCount += 1
    }
  }

  mutating func remove(_ entry: SampleEntry) {
    for line in entry.lines {
      let place = Place(key: line.key, date: entry.effectiveDate)
      sums[place, default: Sum()].totals.add(-line.amountMinor, line.direction)
      sums[place, default: Sum()].lineCount -= 1
      if sums[place]?.lineCount == 0 { sums[place] = nil }
    }
  }

  /// The movements in the order of the texts of key and date.
  var movements: [Movement] {
    sums.compactMap { place, sum in
      sum.totals.narrowed.map {
        Movement(
          key: place.key, effectiveDate: place.date, totals: $0, lineCount: sum.lineCount)
      }
    }.sorted { left, right in
      let leftTexts = (left.key.account, left.key.currency, left.key.layer.code)
      let rightTexts = (right.key.account, right.key.currency, right.key.layer.code)
      return leftTexts == rightTexts
        ? left.effectiveDate < right.effectiveDate : leftTexts < rightTexts
    }
  }
}
