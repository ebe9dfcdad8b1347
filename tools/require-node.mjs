// Plain JavaScript and loaded with --import, because a Node without type stripping can't even parse the tools it would
// have to complain from. 22.18 is the first release that runs TypeScript files without a flag.
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < 22 || (major === 22 && minor < 18)) {
  process.stderr.write(
    `Threadline's tools need Node 22.18 or newer, and this is ${process.versions.node} (${process.execPath}).\n` +
      'npm ci brings Node 24 along in node_modules/.bin, and npm scripts use it by themselves: run them with npm.\n' +
      'If install scripts are switched off on this machine, run `npm rebuild node` first.\n',
  );
  process.exit(1);
}
