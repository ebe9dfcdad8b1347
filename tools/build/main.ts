// npm run build: the three apps into dist/, when they are not there already.
import { buildIfStale } from './build.ts';

const result = await buildIfStale(process.cwd(), () => console.log('building api, worker and simulator …'));
console.log(result.outcome === 'failed' ? result.output : result.outcome);
process.exitCode = result.outcome === 'failed' ? 1 : 0;
