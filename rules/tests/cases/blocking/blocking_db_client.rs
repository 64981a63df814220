use diesel::prelude::*;
use rusqlite::Connection;

async fn opens() {
    let db = Connection::open("a.db").unwrap(); //~ blocking_db_client
    let _ = db.execute("DELETE FROM t", []); //~ blocking_db_client
}

async fn given(db: &Connection) {
    let mut statement = db.prepare("SELECT 1").unwrap(); //~ blocking_db_client
    let _ = statement.query_map([], |row| row.get(0)); //~ blocking_db_client
}

async fn with_postgres(client: &mut postgres::Client) {
    let _ = client.query("SELECT 1", &[]); //~ blocking_db_client
}

async fn with_diesel(conn: &mut PgConnection) {
    let _ = users.filter(id.eq(1)).load::<User>(conn); //~ blocking_db_client
}

async fn unknown(store: Store) {
    let _ = store.db.query_row("SELECT 1", [], read); //? blocking_db_client
}

async fn with_sqlx(pool: &sqlx::PgPool) {
    let _ = sqlx::query("SELECT 1").execute(pool).await;
}

async fn atomic(flag: &std::sync::atomic::AtomicBool) {
    let _ = flag.load(std::sync::atomic::Ordering::Relaxed);
}

async fn awaited(conn: &mut AsyncPgConnection) {
    let _ = users.filter(id.eq(1)).load::<User>(conn).await;
}

async fn offloaded(db: Connection) {
    tokio::task::spawn_blocking(move || db.execute("DELETE FROM t", [])).await.unwrap();
}

fn synchronous(db: &Connection) {
    let _ = db.execute("DELETE FROM t", []);
}

async fn not_a_query(db: &Connection) {
    let _ = db.is_autocommit();
    let _ = db.last_insert_rowid();
}
