import { authorizedFetch } from "./client";
import { ApiError, type ProblemDocument } from "./problem";
import { clientHeader, ensureSession, getAccessToken } from "./session";

interface UploadOptions {
  headers?: Record<string, string>;
  /** 0 to 1 while the body leaves the browser. */
  onProgress?: (share: number) => void;
  signal?: AbortSignal;
}

/** POSTs a file or form and resolves with the JSON answer. Only XMLHttpRequest tells upload progress. */
export async function upload<Answer>(
  path: string,
  body: FormData | Blob,
  options: UploadOptions = {},
): Promise<Answer> {
  await ensureSession();
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("POST", path);
    request.responseType = "json";
    const headers = { ...clientHeader, Authorization: `Bearer ${getAccessToken()}`, ...options.headers };
    for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value);
    request.upload.onprogress = ({ loaded, total }) => options.onProgress?.(total > 0 ? loaded / total : 0);
    request.onerror = () => reject(ApiError.unreachable());
    request.onabort = () => reject(new DOMException("upload cancelled", "AbortError"));
    request.onload = () => {
      if (request.status < 300) resolve(request.response as Answer);
      else reject(new ApiError(request.status, (request.response ?? {}) as ProblemDocument));
    };
    options.signal?.addEventListener("abort", () => request.abort());
    request.send(body);
  });
}

/** Fetches a file with the access token. */
export async function fetchFile(path: string): Promise<Blob> {
  const response = await authorizedFetch(new Request(new URL(path, location.origin)));
  if (!response.ok) throw await ApiError.from(response);
  return response.blob();
}

/** Fetches a file with the access token and hands it to the browser's downloads. */
export async function download(path: string, fileName: string): Promise<void> {
  const url = URL.createObjectURL(await fetchFile(path));
  const link = Object.assign(document.createElement("a"), { href: url, download: fileName });
  link.click();
  URL.revokeObjectURL(url);
}
