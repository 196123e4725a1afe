// Reads an object file (ELF, 64 bits, little-endian) and writes it with one change: sections of
// code and constants no longer tell the linker to keep them (SHF_GNU_RETAIN; System V ABI, GNU
// extensions). What something refers to is kept all the same. The tables in which the runtime looks
// things up still tell it, so that nothing in them is lost.

import Glibc

var object: [UInt8] = []
var part = [UInt8](repeating: 0, count: 1 << 16)
while true {
  let count = fread(&part, 1, part.count, stdin)
  guard count > 0 else { break }
  object += part[..<count]
}

func stop(_ reason: String) -> Never {
  fputs("unretain: \(reason)\n", stderr)
  exit(1)
}

func number<Number: FixedWidthInteger>(_ offset: Int, as _: Number.Type) -> Int {
  let end = offset.addingReportingOverflow(MemoryLayout<Number>.size)
  guard offset >= 0, !end.overflow, end.partialValue <= object.count else {
    stop("the file is cut off")
  }
  return object.withUnsafeBytes {
    Int(
      truncatingIfNeeded: Number(
        littleEndian: $0.loadUnaligned(fromByteOffset: offset, as: Number.self)))
  }
}

// ELFCLASS64, ELFDATA2LSB
guard object.starts(with: [0x7f, 0x45, 0x4c, 0x46, 2, 1]) else {
  stop("no ELF file of 64 bits, little-endian")
}
let headers = number(0x28, as: UInt64.self)
let headerSize = 64
var count = number(0x3c, as: UInt16.self)
var names = number(0x3e, as: UInt16.self)
// Beyond 65,279 sections (SHN_LORESERVE) the first header has both.
if count == 0 { count = number(headers + 0x20, as: UInt64.self) }
if names == 0xffff { names = number(headers + 0x28, as: UInt32.self) }
let nameTable = number(headers + headerSize * names + 0x18, as: UInt64.self)

let kinds = [".text.", ".rodata", ".data"].map { Array($0.utf8) }
let retain = 0x20_0000
var changed = 0
for header in stride(from: headers, to: headers + headerSize * count, by: headerSize) {
  let name = nameTable + number(header, as: UInt32.self)
  let flags = number(header + 8, as: UInt64.self)
  guard flags & retain != 0, name < object.count,
    kinds.contains(where: { object[name...].starts(with: $0) })
  else { continue }
  // The flags are little-endian: bit 21 is in their third byte.
  object[header + 10] &= ~UInt8(retain >> 16)
  changed += 1
}
guard changed > 0 else { stop("no section says that it has to be kept") }
guard fwrite(object, 1, object.count, stdout) == object.count, fflush(stdout) == 0 else {
  stop("cannot write")
}
