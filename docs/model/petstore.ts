/** Number of a pet in the books. */
export type PetID = string;

/** Where a pet is in its stay. */
export type PetStatus = "available" | "reserved" | "sold";

/** An animal of the shop. */
export type Pet = {
  /** Number of a pet in the books. */ "id"?: PetID;
  /** What it is called. */ "name"?: string;
  /** Where a pet is in its stay. */ "status"?: PetStatus;
  /** When it was born. */ "born"?: string;
  /** Last weighing. */ "weight"?: number;
  /** Whatever else there is to say. */ "note"?: string | null;
  /** Words to find it by. */ "tags"?: Array<string>;
};

/** One page of a list of pets. */
export type PetPage = {
  "pets"?: Array<Pet>;
  /** Where the next page begins; empty on the last one. */ "next_cursor"?: string;
};

/** A pet that comes in. */
export type NewPet = {
  /** What to call it. */ "name": string;
  /** When it was born. */ "born"?: string;
  /** First weighing. */ "weight"?: number;
  /** Whatever else there is to say. */ "note"?: string | null;
  /** Words to find it by. */ "tags"?: Array<string>;
};

/** What changes about a pet. */
export type PetChange = {
  /** What to call it. */ "name"?: string;
  /** Last weighing. */ "weight"?: number;
  /** Whatever else there is to say. */ "note"?: string | null;
  /** Words to find it by. */ "tags"?: Array<string>;
};

/** How a pet finds a home. */
export type Sale = {
  /** Who takes it home. */ "to": string;
  /** What it cost. */ "price"?: number;
};

/** What went wrong. */
export type Failure = {
  "error"?: {
    "code"?: string;
    "message"?: string;
  };
};

export const operations = [
  {"id":"listPets","method":"GET","path":"/pets","resource":"pets","verb":"list"},
  {"id":"createPet","method":"POST","path":"/pets","resource":"pets","verb":"create"},
  {"id":"getPet","method":"GET","path":"/pets/{pet_id}","resource":"pets","verb":"get"},
  {"id":"updatePet","method":"PATCH","path":"/pets/{pet_id}","resource":"pets","verb":"update"},
  {"id":"deletePet","method":"DELETE","path":"/pets/{pet_id}","resource":"pets","verb":"delete"},
  {"id":"sellPet","method":"POST","path":"/pets/{pet_id}/sale","resource":"pets","verb":"sell"},
] as const;
