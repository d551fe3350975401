// An estimate of the request units a command costs. Cosmos DB's published anchors, for 1 KB with few indexed fields:
// point read 1, insert 5, replace 10, delete 5; a query pays a base and then for what it looks at and returns.
// https://learn.microsoft.com/azure/cosmos-db/key-value-store-cost

const kilobyte = 1024;
const cost = {
  pointRead: 1,
  query: 2.3,
  documentExamined: 0.05,
  returnedPerKilobyte: 0.25,
  insert: 3.5,
  replace: 7,
  remove: 5,
  writtenPerKilobyte: 1.5,
  indexKey: 0.3,
};

export type Read = { pointRead: boolean; documentsExamined: number; bytesReturned: number };

export class Charge {
  units = 0;

  read({ pointRead, documentsExamined, bytesReturned }: Read): void {
    const kilobytes = bytesReturned / kilobyte;
    // A point read costs by its size alone.
    if (pointRead) this.units += cost.pointRead * Math.max(1, kilobytes);
    else
      this.units +=
        cost.query + documentsExamined * cost.documentExamined + kilobytes * cost.returnedPerKilobyte;
  }

  /** The next batch of a query that has paid its base. */
  readOn(documents: number, bytes: number): void {
    this.units += documents * cost.documentExamined + (bytes / kilobyte) * cost.returnedPerKilobyte;
  }

  write(kind: 'insert' | 'replace' | 'remove', bytes: number, indexes: number): void {
    this.units += cost[kind] + (bytes / kilobyte) * cost.writtenPerKilobyte + indexes * cost.indexKey;
  }
}
