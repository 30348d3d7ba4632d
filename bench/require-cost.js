// The cost of loading MODULE, in a process of its own.
const start = process.hrtime.bigint();
require(process.env.MODULE);
const milliseconds = Number(process.hrtime.bigint() - start) / 1e6;
console.log(JSON.stringify({ milliseconds, mebibytes: process.resourceUsage().maxRSS / 1024 }));
