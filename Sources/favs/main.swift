internal import Host

// Words in, exit code out.
ProcessExit.exit(Program.run().rawValue)
