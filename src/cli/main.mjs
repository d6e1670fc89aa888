// Where every command begins. Plain JavaScript with nothing imported but Node's own: what stands in TypeScript is stripped
// before it runs, and the stripper alone is a tenth of a second, unless the compile cache is on and has the stripped code.
import module from 'node:module';
import { fileURLToPath } from 'node:url';

// Halves a start. In the checkout and not in the folder for temporary files, where another user of the machine could leave
// compiled code for us; and before the modules are loaded that it is for.
module.enableCompileCache(fileURLToPath(new URL('../../node_modules/.cache/compile', import.meta.url)));
await import('./main.ts');
