//! The parts of a Ballista cluster: a scheduler that plans, executors that run the model, and how `assign` reaches them.
//!
//! Executors ask the scheduler for work, so only the scheduler and, for results, the executors need an open port. Each does one part at a
//! time on all its threads: the model is in memory once.

use crate::args::{ExecutorArgs, SchedulerArgs};
use crate::complaint::{Complaint, say};
use crate::function;
use crate::run::Run;
use crate::tls::Tls;
use arrow_flight::flight_service_server::FlightServiceServer;
use ballista_core::config::TaskSchedulingPolicy;
use ballista_core::error::BallistaError;
use ballista_core::extension::{SessionConfigExt, SessionStateExt};
use ballista_core::registry::BallistaFunctionRegistry;
use ballista_core::serde::protobuf::scheduler_grpc_server::SchedulerGrpcServer;
use ballista_core::utils::{GrpcServerConfig, default_session_builder};
use ballista_executor::ArrowFlightServerProvider;
use ballista_executor::executor_process::{ExecutorProcessConfig, start_executor_process};
use ballista_executor::flight_service::BallistaFlightService;
use ballista_executor::shutdown::Shutdown;
use ballista_scheduler::cluster::BallistaCluster;
use ballista_scheduler::config::SchedulerConfig;
use ballista_scheduler::scheduler_process::{create_scheduler, start_server};
use datafusion::execution::{FunctionRegistry, SessionStateBuilder};
use datafusion::prelude::{SessionConfig, SessionContext};
use datafusion_proto::protobuf::{LogicalPlanNode, PhysicalPlanNode};
use std::net::SocketAddr;
use std::sync::Arc;

/// Seconds that an executor waits for a scheduler before it gives up.
const PATIENCE: u16 = 60;
/// Seconds that results are kept on an executor, and between two looks for those that are older.
const RESULTS_KEPT: u64 = 3600;
const CLEANED_EVERY: u64 = 600;
/// Largest message in bytes: a batch of long answers with their texts.
const MOST_BYTES: u32 = 64 << 20;

/// Runs the scheduler until the process is ended.
pub(crate) fn scheduler(args: &SchedulerArgs) -> anyhow::Result<()> {
    let tls = Tls::read(&args.tls)?;
    let config = SchedulerConfig {
        bind_host: args.bind.to_string(),
        external_host: args.bind.to_string(),
        bind_port: args.port,
        scheduling_policy: TaskSchedulingPolicy::PullStaged,
        executor_timeout_seconds: args.lost_after,
        expire_dead_executor_interval_seconds: (args.lost_after / 4).max(1),
        no_executors_grace_period_seconds: args.lost_after,
        override_session_builder: Some(Arc::new(|config: SessionConfig| {
            let mut state = default_session_builder(config)?;
            state.register_udf(Arc::new(function::declared()))?;
            Ok(state)
        })),
        override_create_grpc_client_endpoint: tls.as_ref().map(Tls::of_client),
        use_tls: tls.is_some(),
        ..SchedulerConfig::default()
    };
    let address = SocketAddr::new(args.bind, args.port);
    runtime()?.block_on(async {
        let cluster = BallistaCluster::new_from_config(&config).await?;
        say(&format!("scheduler at {address}\n"));
        match tls {
            None => start_server(cluster, address, Arc::new(config)).await?,
            Some(tls) => {
                let scheduler =
                    create_scheduler::<LogicalPlanNode, PhysicalPlanNode>(cluster, Arc::new(config)).await?;
                let service = SchedulerGrpcServer::new(scheduler);
                tls.server(&GrpcServerConfig::default())?.add_service(service).serve(address).await?;
            }
        }
        Ok(())
    })
}

/// Runs an executor until the process is ended.
pub(crate) fn executor(args: &ExecutorArgs) -> anyhow::Result<()> {
    let (scheduler_host, scheduler_port) = host_and_port(&args.scheduler)?;
    let tls = Tls::read(&args.tls)?;
    let run = Arc::new(Run::load(&args.run, &args.engine)?);
    let mut functions = BallistaFunctionRegistry::default();
    functions.scalar_functions.insert(function::NAME.to_owned(), Arc::new(function::of_run(run)));
    let temporary;
    let work_dir = match &args.work_dir {
        Some(folder) => folder,
        None => {
            temporary = tempfile::Builder::new().prefix("verbatim-executor-").tempdir()?;
            temporary.path()
        }
    };
    fs_err::create_dir_all(work_dir)?;
    let config = ExecutorProcessConfig {
        bind_host: args.bind.to_string(),
        external_host: Some(args.host.clone().unwrap_or_else(|| args.bind.to_string())),
        port: args.port,
        scheduler_host,
        scheduler_port,
        scheduler_connect_timeout_seconds: PATIENCE,
        vcores: 1,
        task_scheduling_policy: TaskSchedulingPolicy::PullStaged,
        work_dir: Some(work_dir.to_string_lossy().into_owned()),
        job_data_ttl_seconds: RESULTS_KEPT,
        job_data_clean_up_interval_seconds: CLEANED_EVERY,
        grpc_max_encoding_message_size: MOST_BYTES,
        override_function_registry: Some(Arc::new(functions)),
        override_create_grpc_client_endpoint: tls.as_ref().map(Tls::of_client),
        override_arrow_flight_service: tls.map(results_server),
        ..ExecutorProcessConfig::default()
    };
    say(&format!("executor at {}:{} for the scheduler at {}\n", args.bind, args.port, args.scheduler));
    Ok(runtime()?.block_on(start_executor_process(Arc::new(config)))?)
}

/// The server from which an executor's results are fetched, encrypted.
fn results_server(tls: Tls) -> Arc<ArrowFlightServerProvider> {
    Arc::new(move |folder: String, address: SocketAddr, mut shutdown: Shutdown, config: GrpcServerConfig| {
        let server = tls.server(&config);
        let service = FlightServiceServer::new(BallistaFlightService::new(folder));
        let service = service.max_encoding_message_size(MOST_BYTES as usize);
        tokio::spawn(async move {
            let mut server = server.map_err(|error| BallistaError::Configuration(error.to_string()))?;
            let served = server.add_service(service).serve_with_shutdown(address, shutdown.recv());
            served.await.map_err(BallistaError::TonicError)
        })
    })
}

/// A context whose queries a cluster answers.
pub(crate) async fn connect(
    scheduler: &str,
    tls: Option<&Tls>,
    config: SessionConfig,
) -> anyhow::Result<SessionContext> {
    let (host, port) = host_and_port(scheduler)?;
    let reached = tokio::net::TcpStream::connect((host.as_str(), port)).await;
    reached.map_err(|error| {
        Complaint::new(format!("No scheduler answers at `{scheduler}`: {error}")).with_hint(
            "start one with `verbatim-cluster scheduler`, or leave `--scheduler` out to work on this machine",
        )
    })?;
    let mut config = config.with_ballista_grpc_client_max_message_size(MOST_BYTES as usize);
    let mut scheme = "http";
    if let Some(tls) = tls {
        scheme = "https";
        config = config
            .with_ballista_use_tls(true)
            .with_ballista_override_create_grpc_client_endpoint(tls.of_client());
    }
    let state = SessionStateBuilder::new_with_default_features().with_config(config).build();
    let context =
        SessionContext::new_with_state(state.upgrade_for_ballista(format!("{scheme}://{host}:{port}"))?);
    context.register_udf(function::declared());
    Ok(context)
}

fn host_and_port(address: &str) -> anyhow::Result<(String, u16)> {
    let parts = address.rsplit_once(':').and_then(|(host, port)| Some((host.to_owned(), port.parse().ok()?)));
    let complaint = || Complaint::new(format!("`{address}` is not of the form HOST:PORT"));
    Ok(parts.filter(|(host, _)| !host.is_empty()).ok_or_else(complaint)?)
}

/// Threads for what waits; the model has its own.
pub(crate) fn runtime() -> std::io::Result<tokio::runtime::Runtime> {
    tokio::runtime::Builder::new_multi_thread().enable_all().build()
}
