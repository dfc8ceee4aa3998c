import { createHash } from 'node:crypto';
import { AwsError } from '../errors.ts';
import { lambdaQuotas } from '../quotas.ts';
import { invalidParameterValue } from './refusals.ts';
import type { Code } from './state.ts';
import { unzip, ZipError } from './unzip.ts';

const { zippedBytesMax, unzippedBytesMax } = lambdaQuotas;

/** Where a caller may say that code is to be found. */
export interface CodeSource {
  readonly ZipFile?: Uint8Array | undefined;
  readonly S3Bucket?: string | undefined;
  readonly ImageUri?: string | undefined;
}

/** The code of an uploaded archive. There is no S3 and no container registry here, so there is no bucket or image either. */
export function readCode({ ZipFile, S3Bucket, ImageUri }: CodeSource): Code {
  if (S3Bucket !== undefined) {
    throw invalidParameterValue(
      'Error occurred while GetObject. S3 Error Code: NoSuchBucket. S3 Error Message: The specified bucket does not exist',
    );
  }
  if (ImageUri !== undefined)
    throw invalidParameterValue(`Source image ${ImageUri} does not exist. Provide a valid source image.`);
  if (ZipFile === undefined) throw invalidParameterValue('Please provide a source for function code.');
  if (ZipFile.byteLength > zippedBytesMax) {
    throw new AwsError('RequestEntityTooLargeException', `Zipped size must be smaller than ${zippedBytesMax} bytes`, {
      status: 413,
    });
  }
  const archive = Buffer.from(ZipFile);
  return {
    files: unpack(archive),
    bytes: archive.length,
    sha256: createHash('sha256').update(archive).digest('base64'),
  };
}

function unpack(archive: Buffer): Code['files'] {
  try {
    return unzip(archive);
  } catch (error) {
    if (!(error instanceof ZipError)) throw error;
    if (error.oversize) throw invalidParameterValue(`Unzipped size must be smaller than ${unzippedBytesMax} bytes`);
    throw invalidParameterValue('Could not unzip uploaded file. Please check your file, then try to upload again.');
  }
}
