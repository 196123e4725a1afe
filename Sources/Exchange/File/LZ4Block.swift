/// Unpacks LZ4's block format, in which each sequence is some bytes as they are, and then some that stood
/// before.
///
/// Source: https://github.com/lz4/lz4/blob/dev/doc/lz4_Block_format.md
enum LZ4Block {
  /// The bytes that a block holds.
  /// - Parameter size: how many they are to be; memory for no more than these is taken.
  static func unpacked(_ block: ArraySlice<UInt8>, size: Int) throws(ExchangeError) -> [UInt8] {
    // A byte of the block makes no more than 255 bytes.
    guard size <= block.count * 255 else { throw damaged }
    var output: [UInt8] = []
    output.reserveCapacity(size)
    var position = block.startIndex
    while position < block.endIndex {
      let token = block[position]
      position += 1
      let literals = try length(Int(token >> 4), in: block, &position)
      guard literals <= block.endIndex - position, literals <= size - output.count else {
        throw damaged
      }
      output += block[position..<position + literals]
      position += literals
      // "The last sequence […] stops right after the literals field."
      guard position < block.endIndex else { break }
      guard block.endIndex - position >= 2 else { throw damaged }
      let offset = Int(block[position]) | Int(block[position + 1]) << 8
      position += 2
      let count = try length(Int(token & 15), in: block, &position) + 4
      // "The value 0 is invalid"; and nothing stands before the beginning.
      guard offset > 0, offset <= output.count, count <= size - output.count else { throw damaged }
      // What is copied may be what this very copy wrote.
      for index in output.count - offset..<output.count - offset + count {
        output.append(output[index])
      }
    }
    guard output.count == size else { throw damaged }
    return output
  }

  private static let damaged = ExchangeError.malformed(nil, "its compressed content is damaged")

  /// A length of four bits: 15 says that bytes follow, each added, up to one that is not 255.
  private static func length(
    _ bits: Int, in block: ArraySlice<UInt8>, _ position: inout Int
  ) throws(ExchangeError) -> Int {
    guard bits == 15 else { return bits }
    var length = bits
    while position < block.endIndex {
      let byte = block[position]
      position += 1
      length += Int(byte)
      if byte != 255 { return length }
    }
    throw damaged
  }
}
