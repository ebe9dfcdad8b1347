// npm run build: the apps and the console's files into dist/, when they are not there already.
import { buildIfStale } from './build.ts';

const result = await buildIfStale(process.cwd(), (what) => console.log(`building ${what} …`));
console.log(result.outcome === 'failed' ? result.output : result.outcome);
process.exitCode = result.outcome === 'failed' ? 1 : 0;
