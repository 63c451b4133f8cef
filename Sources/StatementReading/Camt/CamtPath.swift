/// The places on the way to the elements that count, found by going from the message by names.
struct CamtPath {
  private struct Place {
    var element: CamtElement?
    var isAccount = false
    var children: [(name: XMLName, place: Int)] = []
  }

  private var places = [Place()]

  private static let statement = CamtPath(.statement)
  private static let report = CamtPath(.report)
  private static let notification = CamtPath(.notification)

  /// The places within a message. Its own element is the place 0.
  static func of(_ message: CamtMessage) -> CamtPath {
    switch message {
    case .statement: statement
    case .report: report
    case .notification: notification
    }
  }

  private init(_ message: CamtMessage) {
    insert([message.part], nil)
    places[1].isAccount = true
    for (path, element) in CamtElement.paths {
      insert(
        path.split(separator: "/").map { $0 == "*" ? message.part : String($0) }, element)
    }
  }

  private mutating func insert(_ names: [String], _ element: CamtElement?) {
    var place = 0
    for name in names.map(XMLName.init) {
      if let child = child(of: place, name) {
        place = child
      } else {
        places[place].children.append((name, places.count))
        place = places.count
        places.append(Place())
      }
    }
    places[place].element = element
  }

  /// The place of an element within another; `nil` if it does not count.
  func child(of place: Int, _ name: XMLName) -> Int? {
    for child in places[place].children where child.name == name { return child.place }
    return nil
  }

  /// The element at a place, if its text counts.
  func element(at place: Int) -> CamtElement? { places[place].element }

  /// Whether the element at a place is about one account.
  func isAccount(_ place: Int) -> Bool { places[place].isAccount }
}
