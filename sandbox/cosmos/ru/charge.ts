// An estimate of the request units a command costs. Cosmos DB's published anchors: a point read of 1 KB is 1 RU, an
// insert of 1 KB about 5 RU with a few indexed properties; queries pay a base and then for what they look at.
// https://learn.microsoft.com/azure/cosmos-db/request-units

const kilobyte = 1024;
const cost = {
  command: 1,
  queryBase: 1.3,
  readPerKilobyte: 0.25,
  docExamined: 0.05,
  writeBase: 3,
  writePerKilobyte: 1.6,
  indexKey: 0.3,
};

export class Charge {
  units: number = cost.command;

  query(): void {
    this.units += cost.queryBase;
  }

  examined(documents: number): void {
    this.units += documents * cost.docExamined;
  }

  returned(bytes: number): void {
    this.units += (bytes / kilobyte) * cost.readPerKilobyte;
  }

  written(bytes: number, indexes: number): void {
    this.units += cost.writeBase + (bytes / kilobyte) * cost.writePerKilobyte + indexes * cost.indexKey;
  }
}
