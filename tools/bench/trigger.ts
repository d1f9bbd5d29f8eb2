/* eslint-disable no-console -- a development tool that does not ship */
import { measureEncodings } from './encodings';

console.log(measureEncodings([1_000, 10_000, 50_000]));
