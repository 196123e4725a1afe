internal import Favourites
internal import Host

// The actions of keys.

extension PickState {
  /// Whether a key acts on the rows, which must then match what was typed.
  static func needsRows(_ key: Key) -> Bool {
    switch key {
    case .named(let name, let modifiers):
      switch name {
      case .enter, .tab, .up, .down, .pageUp, .pageDown: true
      case .escape, .backspace, .delete, .left, .right, .home, .end, .insert, .function:
        modifiers.contains(.alt) && (name == .up || name == .down)
      }
    case .control(let scalar): "jmdeotynp".unicodeScalars.contains(scalar)
    case .character, .alt, .paste, .position: false
    }
  }

  /// Handles a key; returns the request that it makes, if any.
  mutating func take(_ key: Key) -> PickRequest? {
    if case .position = key { return nil }
    message = nil
    if isHelpShown {
      guard !isHelp(key) else {
        turnHelp()
        return nil
      }
      hideHelp()
      // Any other key closes the help, and then does its work unless it only closes the help.
      if key == .named(.escape) || key == .named(.enter) { return nil }
    }
    switch key {
    case .character(let scalar):
      guard !isHelp(key) else {
        turnHelp()
        return nil
      }
      return edit { $0.insert(String(scalar)) }
    case .paste(let text): return edit { $0.insert(text) }
    case .control(let scalar): return control(scalar)
    case .alt(let scalar): return alt(scalar)
    case .named(let name, let modifiers): return named(name, modifiers)
    case .position: return nil
    }
  }

  private func isHelp(_ key: Key) -> Bool {
    key == .character("?") || key == .alt("?") || key == .named(.function(1))
  }

  private mutating func edit(_ body: (inout InputLine) -> Void) -> PickRequest? {
    let before = line.text
    body(&line)
    if !before.utf8.elementsEqual(line.text.utf8) { find() }
    return nil
  }

  private mutating func control(_ scalar: Unicode.Scalar) -> PickRequest? {
    switch scalar {
    case "c", "g": return .leave
    case "j", "m": return choice
    case "p": choose(by: -1)
    case "n": choose(by: 1)
    case "o": return about { .open($0) }
    case "e": return chosen.map { .edit($0.id) }
    case "d": return about { .remove($0) }
    case "y": return about { .copy($0) }
    case "z", "_": return .undo
    case "r": return .redo
    case "t": toggleScope()
    case "l": return .redraw
    case "a": line.moveToStart()
    case "b": line.move(by: -1)
    case "f": line.move(by: 1)
    case "u": return edit { $0.deleteToStart() }
    case "k": return edit { $0.deleteToEnd() }
    case "w": return edit { $0.deleteWord() }
    default: break
    }
    return nil
  }

  private mutating func alt(_ scalar: Unicode.Scalar) -> PickRequest? {
    switch scalar {
    case "b": line.moveWordBackwards()
    case "f": line.moveWordForwards()
    case "?": turnHelp()
    default: break
    }
    return nil
  }

  private mutating func named(_ name: Key.Name, _ modifiers: Key.Modifiers) -> PickRequest? {
    let isAlt = modifiers.contains(.alt)
    switch name {
    case .escape: return .leave
    case .enter: return choice
    case .tab:
      toggleMark()
      choose(by: modifiers.contains(.shift) ? -1 : 1)
    case .up where isAlt: return chosen.map { .shift($0.id, by: -1) }
    case .down where isAlt: return chosen.map { .shift($0.id, by: 1) }
    case .up: choose(by: -1)
    case .down: choose(by: 1)
    case .pageUp: choose(by: -listHeight)
    case .pageDown: choose(by: listHeight)
    case .left where modifiers.contains(.control) || isAlt: line.moveWordBackwards()
    case .right where modifiers.contains(.control) || isAlt: line.moveWordForwards()
    case .left: line.move(by: -1)
    case .right: line.move(by: 1)
    case .home: line.moveToStart()
    case .end: line.moveToEnd()
    case .backspace where isAlt: return edit { $0.deleteWord() }
    case .backspace: return edit { $0.deleteBackwards() }
    case .delete: return edit { $0.deleteForwards() }
    case .function(1): turnHelp()
    case .insert, .function: break
    }
    return nil
  }

  /// The choice made by Enter. If there is nothing to choose, the picker ends all the same.
  private var choice: PickRequest { .choose(meant) }

  private func about(_ request: ([Int64]) -> PickRequest) -> PickRequest? {
    meant.isEmpty ? nil : request(meant)
  }
}
