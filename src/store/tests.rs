use super::*;

#[tokio::test]
async fn placeholder() {
    let store = Store::temporary().unwrap();
    const X: Table<u64, u64> = Table::new("x");
    store.write(|tx| X.put(tx, &1, &2)).await.unwrap();
    assert_eq!(store.read(|tx| X.get(tx, &1)).unwrap(), Some(2));
}
