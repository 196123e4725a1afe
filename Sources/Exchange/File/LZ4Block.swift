/// Decompresses LZ4 blocks, in which each sequence consists of literal bytes and a copy of earlier
/// ones.
///
/// Source: https://github.com/lz4/lz4/blob/dev/doc/lz4_Block_format.md
enum LZ4Block {
  /// The decompressed bytes of a block.
  /// - Parameter size: the expected size, which limits the memory used.
  static func unpacked(_ block: ArraySlice<UInt8>, size: Int) throws(ExchangeError) -> [UInt8] {
    // One byte of the block produces at most 255 bytes.
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
      // "The value 0 is invalid"; nor may an offset point before the beginning.
      guard offset > 0, offset <= output.count, count <= size - output.count else { throw damaged }
      // The copy may overlap its own output.
      for index in output.count - offset..<output.count - offset + count {
        output.append(output[index])
      }
    }
    guard output.count == size else { throw damaged }
    return output
  }

  private static let damaged = ExchangeError.malformed(nil, "its compressed content is damaged")

  /// A length of four bits; 15 means that more bytes follow and are added, up to one that is not
  /// 255.
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
