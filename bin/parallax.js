#!/usr/bin/env node
// Plain JavaScript, so that an old Node says what it lacks instead of a syntax error.
const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 22 || (major === 22 && minor < 18)) {
  process.stderr.write(
    `parallax: node '${process.versions.node}' is too old: expected 22.18 or later ('npx parallax' in a clone brings its own)\n`,
  );
  process.exit(64);
}
const { main } = await import('../harness/cli.ts');
process.exitCode = await main(process.argv.slice(2));
