import LedgerDomain
import TestSupport
import Testing

@Suite("Fingerprints")
struct FingerprintTests {
  private func fingerprint(_ bytes: some Collection<UInt8>) -> UInt64 {
    let copy = Array(bytes) + [0xFF]
    return copy.withUnsafeBufferPointer { buffer in
      buffer.baseAddress.map { Fingerprint.of($0, count: buffer.count - 1) } ?? 0
    }
  }

  private func bytes(_ count: Int, _ numbers: inout SeededNumbers) -> [UInt8] {
    (0..<count).map { _ in UInt8.random(in: 0...255, using: &numbers) }
  }

  @Test("equal bytes have equal fingerprints at any address")
  func equalBytesHaveEqualFingerprints() {
    let seed: UInt64 = 21
    var numbers = SeededNumbers(seed: seed)
    for count in 0..<100 {
      let content = bytes(count, &numbers)
      for offset in 0..<8 {
        let shifted = bytes(offset, &numbers) + content
        #expect(fingerprint(shifted[offset...]) == fingerprint(content), "seed \(seed)")
        let inPlace = shifted.withUnsafeBufferPointer { buffer in
          buffer.baseAddress.map { Fingerprint.of($0 + offset, count: count) }
        }
        #expect(inPlace == nil || inPlace == fingerprint(content), "seed \(seed)")
      }
    }
  }

  @Test("every prefix has another fingerprint, be it random or all zeros")
  func prefixesDiffer() {
    var numbers = SeededNumbers(seed: 22)
    for content in [bytes(200, &numbers), [UInt8](repeating: 0, count: 200)] {
      let prints = (0...content.count).map { fingerprint(content.prefix($0)) }
      #expect(Set(prints).count == prints.count)
    }
  }

  @Test("every changed bit changes the fingerprint")
  func everyBitMatters() {
    var numbers = SeededNumbers(seed: 23)
    let content = bytes(29, &numbers)
    var prints: Set<UInt64> = [fingerprint(content)]
    for bit in 0..<(content.count * 8) {
      var changed = content
      changed[bit / 8] ^= 1 << UInt8(bit % 8)
      prints.insert(fingerprint(changed))
    }
    #expect(prints.count == content.count * 8 + 1)
  }

  @Test("a hundred thousand contents give as many fingerprints")
  func shortTextsDoNotCollide() {
    let seed: UInt64 = 24
    var numbers = SeededNumbers(seed: seed)
    var prints: Set<UInt64> = []
    for number in 0..<100_000 {
      // Half of them differ in nothing but a counter.
      let word = number % 2 == 0 ? numbers.next() : UInt64(number)
      let print = withUnsafeBytes(of: (word, UInt64(number % 2))) { raw in
        raw.baseAddress.map { Fingerprint.of($0.assumingMemoryBound(to: UInt8.self), count: 16) }
      }
      prints.insert(print ?? 0)
    }
    #expect(prints.count == 100_000, "seed \(seed)")
  }

  @Test("mixing tells its words apart")
  func mixingIsNotCommutative() {
    #expect(Fingerprint.mix(1, 2) == Fingerprint.mix(1, 2))
    #expect(Fingerprint.mix(1, 2) != Fingerprint.mix(2, 1))
    let prints = (0..<100 as Range<UInt64>).flatMap { left in
      (0..<100 as Range<UInt64>).map { Fingerprint.mix(left, $0) }
    }
    #expect(Set(prints).count == prints.count)
  }
}
