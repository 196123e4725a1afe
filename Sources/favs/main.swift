internal import Host

// Words in, exit code out.
Process.end(Program.run().rawValue)
