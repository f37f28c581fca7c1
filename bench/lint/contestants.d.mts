export declare const PEERS: readonly string[];
export declare const CONTESTANTS: readonly string[];
